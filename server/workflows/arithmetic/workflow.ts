import { DBOS } from '@dbos-inc/dbos-sdk';
import { ARITHMETIC } from '@/server/services/arithmetic/submit-sum';
import { named } from '../named';
import { step } from '../step';
import { runSum } from './run-sum';

/** One step: each of its parts finds what was done before. */
export const arithmeticWorkflow = DBOS.registerWorkflow(
  (calculationId: string) => step('sum', () => runSum(calculationId)),
  named(ARITHMETIC),
);
