import { KernelError } from '../../core/errors';
import type { PlanewaveOutput } from '../schema';
import type { Session } from '../session';

export async function relax(_session: Session): Promise<PlanewaveOutput> {
  throw new KernelError('relax-unavailable', 'to come');
}
