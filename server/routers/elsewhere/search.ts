import { AppError } from '@/server/errors';
import { FilterSyntaxError } from '@/server/optimade/filter/filter';
import { parseFilter } from '@/server/optimade/filter/parse';
import { startSearchSchema } from '@/server/schemas/elsewhere';
import { interpret } from '@/server/schemas/explorer/interpret';
import { startSearch } from '@/server/services/elsewhere/searches';
import { procedure } from '../trpc';

export const search = procedure.input(startSearchSchema).mutation(({ ctx, input }) => {
  checkFilter(input.text);
  return startSearch(ctx.actor, input);
});

/** Before a dozen servers say each in its own words that it is none. */
function checkFilter(text: string): void {
  const understood = interpret(text);
  if (understood.is !== 'filter') return;
  try {
    parseFilter(understood.text);
  } catch (err) {
    if (!(err instanceof FilterSyntaxError)) throw err;
    throw new AppError('bad-input', err.message, { userMessage: `This is no filter of OPTIMADE: ${err.message}` });
  }
}
