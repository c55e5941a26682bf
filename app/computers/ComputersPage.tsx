'use client';
import { IconPlus } from '@tabler/icons-react';
import { useSuspenseQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useTRPC } from '../_trpc/client';
import { ButtonLink } from '../components/ButtonLink';
import shared from '../components/list-detail.module.css';
import { HelpLink } from '../help/HelpLink';
import { ComputerView } from './ComputerView';
import { loadWords, reachWords } from './computer-words';
import styles from './computers.module.css';
import { EditComputer } from './EditComputer';
import { ProjectLimit } from './ProjectLimit';

/** Which computers there are, how the chosen one does, and how another comes. */
interface Props {
  id: string | null;
  /** Whether a form is open: for another one, or for the one that is chosen. */
  form: 'add' | 'edit' | null;
}

export function ComputersPage({ id, form }: Props) {
  const isAdding = form === 'add';
  const trpc = useTRPC();
  const { data: computers } = useSuspenseQuery(trpc.computers.list.queryOptions());
  return (
    <div className="page">
      <div className="page-head">
        <div>
          <h1>Computers</h1>
          <p className="soft prose">
            Where jobs run: this machine, and others that you reach over SSH or through Slurm. Nothing of the platform
            is installed there.
          </p>
          <HelpLink guide="computers">What a computer needs</HelpLink>
        </div>
        {!isAdding && (
          <ButtonLink href="/computers?add=1" leftSection={<IconPlus size={17} stroke={1.7} aria-hidden />}>
            Add a computer
          </ButtonLink>
        )}
      </div>
      <div className={shared.columns}>
        <div>
          <nav aria-label="Computers">
            <ul className={shared.list}>
              {computers.map((one) => (
                <li key={one.id}>
                  <Link
                    href={`/computers?computer=${one.id}`}
                    aria-current={!isAdding && one.id === id ? 'page' : undefined}
                    className={shared.item}
                    scroll={false}
                  >
                    <span className={shared.name}>{one.name}</span>
                    <span className="faint">{reachWords(one)}</span>
                    <span className="faint">{loadWords(one)}</span>
                  </Link>
                </li>
              ))}
            </ul>
            {computers.length === 0 && <p className="faint">The worker has not started yet.</p>}
          </nav>
          <div className={styles.part}>
            <ProjectLimit />
          </div>
        </div>
        {isAdding && <EditComputer key="add" />}
        {!isAdding && id && (form === 'edit' ? <EditChosen key={id} id={id} /> : <ComputerView key={id} id={id} />)}
      </div>
    </div>
  );
}

function EditChosen({ id }: { id: string }) {
  const { data: computer } = useSuspenseQuery(useTRPC().computers.get.queryOptions({ id }));
  return <EditComputer computer={computer} />;
}
