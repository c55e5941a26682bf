import { expectTypeOf, test } from 'vitest';
import type { StructureInput as KernelStructureInput } from '@/kernels/crystal/schema';
import type {
  Gap,
  GroundState,
  ProcessState,
  ResultsData,
  StructureInput,
} from '@/server/runtime/client/typescript/main';
import type { CalculationFile, CalculationResults } from '@/server/schemas/calculation';
import type { ProcessState as ServerProcessState } from '@/server/schemas/process';
import type { ScfResult, Gap as ServerGap } from '@/server/schemas/results';

/** The client's types stand alone, so that they can be served without the server's; here the two are held together by the compiler. */
test('what the platform answers is what the client says that it answers', () => {
  expectTypeOf<CalculationResults>().toExtend<ResultsData>();
  expectTypeOf<ScfResult>().toExtend<GroundState>();
  expectTypeOf<ServerGap>().toEqualTypeOf<Gap>();
  expectTypeOf<ServerProcessState>().toEqualTypeOf<ProcessState>();
});

test('what the platform takes, the client lets one write', () => {
  expectTypeOf<KernelStructureInput>().toExtend<StructureInput>();
  expectTypeOf<{ id: string }>().toExtend<CalculationFile['structure']>();
});
