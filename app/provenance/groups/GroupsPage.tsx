'use client';
import { useSuspenseQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useTRPC } from '../../_trpc/client';
import { Empty } from '../../components/Empty';
import shared from '../../components/list-detail.module.css';
import { counted } from '../../format/number';
import { HelpLink } from '../../help/HelpLink';
import { GroupView } from './GroupView';
import { NewGroup } from './NewGroup';

/** The groups of the project, and the chosen one with its nodes. */
export function GroupsPage({ id, cursors }: { id: string | null; cursors: string[] }) {
  const trpc = useTRPC();
  const { data: groups } = useSuspenseQuery(trpc.groups.list.queryOptions());
  return (
    <div className="page">
      <div className="page-head">
        <div>
          <h1>Groups</h1>
          <p className="soft prose">
            Values and processes that belong together under a name: a figure, a paper, a series.
          </p>
          <HelpLink guide="provenance">What groups are for</HelpLink>
        </div>
      </div>
      <div className={shared.columns}>
        <div>
          <nav aria-label="Groups">
            <ul className={shared.list}>
              {groups.map((group) => (
                <li key={group.id}>
                  <Link
                    href={`/groups?group=${group.id}`}
                    aria-current={group.id === id ? 'page' : undefined}
                    className={shared.item}
                    scroll={false}
                  >
                    <span className={shared.name}>{group.name}</span>
                    <span className="faint">{counted(group.nodes, 'node')}</span>
                  </Link>
                </li>
              ))}
            </ul>
          </nav>
          <NewGroup />
        </div>
        {id ? (
          <GroupView key={`${id} ${cursors.join()}`} id={id} cursors={cursors} />
        ) : (
          <Empty title="No groups yet">Make one here, or on the page of a value or process.</Empty>
        )}
      </div>
    </div>
  );
}
