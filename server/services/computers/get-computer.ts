import type { ComputerDetail } from '@/server/schemas/computers';
import type { Actor } from '../actor';
import { requireComputer, toComputerDetail } from './require-computer';

/** A computer with its settings, its last test and its codes; never its key. */
export const getComputer = async (actor: Actor, { id }: { id: string }): Promise<ComputerDetail> =>
  toComputerDetail(await requireComputer(actor, id));
