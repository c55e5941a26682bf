'use client';
import type { CalculationDetail } from '@/server/schemas/calculation';
import { Ago } from '../components/Ago';
import { bytes } from '../format/number';

/** What a calculation holds on disks, as last known. */
export function DiskLine({ calculation: { disk } }: { calculation: CalculationDetail }) {
  const { resultBytes, scratchBytes, remoteBytes, measuredAt } = disk;
  return (
    <p className="soft">
      On disk: {bytes(resultBytes)} of results and files
      {scratchBytes === null ? '; scratch not measured yet' : `, ${bytes(scratchBytes)} of scratch here`}
      {remoteBytes !== null && `, ${bytes(remoteBytes)} on other computers`}
      {measuredAt && (
        <>
          {' '}
          (measured <Ago at={measuredAt} />)
        </>
      )}
      .
    </p>
  );
}
