import { TRPCError } from '@trpc/server';
import type { Metadata } from 'next';
import { api } from '../../_trpc/server';
import { CompareRunsPage } from '../../compare-runs/CompareRunsPage';
import { RUNS_MAX } from '../../compare-runs/run-address';
import { runResults } from '../../compare-runs/run-results';
import { readPicked } from '../../lists/publication';

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export const metadata: Metadata = { title: 'Compare calculations' };

export default async function Compare({ searchParams }: Props) {
  const ids = [...new Set(readPicked((await searchParams)['id']))].slice(0, RUNS_MAX);
  const { calculations, structures } = await api();
  const found = await Promise.all(
    ids.map(async (id) => {
      try {
        const [calculation, results] = await Promise.all([calculations.get({ id }), calculations.results({ id })]);
        const { sites } = await structures.get({ id: calculation.structureId });
        return { calculation, atoms: sites, results: runResults(results) };
      } catch (err) {
        if (err instanceof TRPCError && err.code === 'NOT_FOUND') return null;
        throw err;
      }
    }),
  );
  const runs = found.flatMap((run) => run ?? []);
  return <CompareRunsPage runs={runs} missing={ids.length - runs.length} />;
}
