import type { PwChange, RestartHandler } from '../../restart-handlers.data';
import { writePwInput } from '../input/pw-input';
import { readPwInput } from '../input/read-pw-input';

/** The input of pw.x with the changes of a restart handler. */
export function changeInput(text: string, { changes }: Pick<RestartHandler<PwChange>, 'changes'>): string {
  const input = readPwInput(text);
  for (const { namelist, key, value } of changes)
    input.namelists[namelist] = { ...input.namelists[namelist], [key]: value };
  return writePwInput(input);
}
