'use client';
import { IconSitemap } from '@tabler/icons-react';
import Link from 'next/link';
import { chosenProperties } from '@/server/properties/ids';
import { isTerminal } from '@/server/schemas/process';
import { ButtonLink } from '../../components/ButtonLink';
import { Formula } from '../../components/Typeset';
import { mesh } from '../../format/number';
import { absolute, duration } from '../../format/time';
import { DeleteNode } from '../../provenance/DeleteNode';
import { Rows } from '../../wizard/review/Rows';
import styles from '../calculation.module.css';
import { jobsOf } from '../jobs';
import { ReuseChoice } from '../ReuseChoice';
import type { TabProps } from './tab-props';

const outputNames = {
  scf: 'Energy and density',
  relax: 'Relaxed geometry',
  bands: 'Bands',
  dos: 'Density of states',
  volumes: 'Densities and orbitals',
  eos: 'Equation of state',
  elastic: 'Elastic constants',
  exfoliation: 'Exfoliation energy',
} as const;

/** From what, by what, to what: inputs, each job with its program, outputs. */
export function ProvenanceTab({ calculation, results }: TabProps) {
  const { id, structureId, formula, createdBy, createdAt, tree, label, state } = calculation;
  const { scf } = results;
  const relaxes = results.properties.relax !== undefined;
  const outputs = ['scf' as const, ...chosenProperties(results.properties)].filter(
    (name) => name !== 'scf' || scf !== null,
  );
  return (
    <div className={styles.stack}>
      <div className={styles.chainTools}>
        <ButtonLink
          href={`/graph/${id}`}
          variant="default"
          leftSection={<IconSitemap size={17} stroke={1.7} aria-hidden />}
        >
          Open the graph
        </ButtonLink>
        {isTerminal(state) && <DeleteNode id={id} title={label} next="/calculations" />}
      </div>
      <ol className={styles.chain}>
        <li>
          <h2>Inputs</h2>
          <ul>
            <li>
              Structure{' '}
              <Link href={`/structures/${structureId}`}>
                <Formula of={formula} />
              </Link>
            </li>
            <li>
              Settings, <Link href={`/calculations/${id}?tab=inputs`}>as resolved</Link>
            </li>
            <li suppressHydrationWarning>
              Submitted by {createdBy}, {absolute(createdAt)}
            </li>
          </ul>
        </li>
        <li>
          <h2>Jobs</h2>
          <ul>
            {jobsOf(tree).map((job) => (
              <li key={job.id}>
                <Link href={`/nodes/${job.id}`}>{job.title}</Link> <span className="mono faint">{job.id}</span>
                {job.reusedFromId && (
                  <span className="soft">
                    {' '}
                    taken over from{' '}
                    <Link href={`/nodes/${job.reusedFromId}`} className="mono">
                      {job.reusedFromId}
                    </Link>
                  </span>
                )}
                {job.startedAt && job.finishedAt && (
                  <span className="soft">
                    {' '}
                    in {duration((job.finishedAt.getTime() - job.startedAt.getTime()) / 1000)}
                  </span>
                )}
              </li>
            ))}
          </ul>
        </li>
        <li>
          <h2>Outputs</h2>
          {outputs.length === 0 ? (
            <p className="soft">None yet.</p>
          ) : (
            <ul>
              {outputs.map((name) => (
                <li key={name}>
                  <Link
                    href={`/calculations/${id}/origin/${name === 'scf' && relaxes ? 'relax' : name}`}
                    prefetch={false}
                  >
                    {outputNames[name]}
                  </Link>
                </li>
              ))}
              {results.properties.relax?.structureId && (
                <li>
                  Structure <Link href={`/structures/${results.properties.relax.structureId}`}>as relaxed</Link>
                </li>
              )}
              <li>
                <Link href={`/calculations/${id}?tab=files`}>Files of the jobs</Link>
              </li>
            </ul>
          )}
        </li>
      </ol>
      <ReuseChoice calculation={calculation} />
      {scf && (
        <section aria-labelledby="used-title">
          <h2 id="used-title">What the run really used</h2>
          <Rows
            rows={[
              ['Program', `${scf.program.name} ${scf.program.version}`],
              ['Back end', `${scf.used.backend}, ${scf.used.threads} ${scf.used.threads === 1 ? 'thread' : 'threads'}`],
              ['Real-space grid', mesh(scf.used.fftGrid)],
              ['Plane waves', scf.used.planeWaves],
              ['Bands', scf.used.bands],
              ['Irreducible k-points', scf.used.irreducibleKpoints],
              ['Symmetry operations', scf.used.symmetryOperations],
              [
                'Pseudopotentials',
                Object.entries(scf.used.pseudopotentials)
                  .map((pair) => pair.join(' '))
                  .join(', '),
              ],
            ]}
          />
        </section>
      )}
    </div>
  );
}
