import type { CalculationDetail, CalculationResults } from '@/server/schemas/calculation';
import type { RunProgress } from '../progress';

export interface TabProps {
  calculation: CalculationDetail;
  results: CalculationResults;
  progress: RunProgress;
}
