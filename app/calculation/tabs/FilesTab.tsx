'use client';
import { useQuery } from '@tanstack/react-query';
import type { CalculationFileEntry } from '@/server/schemas/calculation';
import { messageOf, useTRPC } from '../../_trpc/client';
import shared from '../../components/file-table.module.css';
import { Notice } from '../../components/Notice';
import { bytes } from '../../format/number';
import styles from '../calculation.module.css';
import { DiskLine } from '../DiskLine';
import type { TabProps } from './tab-props';

/** What the jobs left behind. */
export function FilesTab({ calculation }: TabProps) {
  const trpc = useTRPC();
  const { data, error } = useQuery(trpc.calculations.files.queryOptions({ id: calculation.id }));
  if (error) return <Notice tone="bad">{messageOf(error)}</Notice>;
  return (
    <div className={styles.stack}>
      <DiskLine calculation={calculation} />
      {data?.length === 0 ? (
        <p className="soft">No files yet: a job’s files are kept when it ends.</p>
      ) : (
        <Table files={data ?? []} />
      )}
    </div>
  );
}

function Table({ files }: { files: CalculationFileEntry[] }) {
  return (
    <table className={shared.files}>
      <thead>
        <tr>
          <th scope="col">File</th>
          <th scope="col">Of job</th>
          <th scope="col">Size</th>
        </tr>
      </thead>
      <tbody>
        {files.map(({ href, name, process, bytes: size }) => (
          <tr key={href}>
            <td>
              <a href={href} download className="mono">
                {name}
              </a>
            </td>
            <td>{process}</td>
            <td>{bytes(size)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
