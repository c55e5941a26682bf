'use client';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useTRPC } from '../_trpc/client';
import shared from '../components/list-detail.module.css';
import { HelpLink } from '../help/HelpLink';
import { FamilyContents } from './FamilyContents';
import styles from './families.module.css';
import { functionalWords } from './family-words';
import { InstallFamily } from './InstallFamily';

/** Which families are there, what is in the chosen one, and how another comes. */
export function FamiliesPage({ id }: { id: string | null }) {
  const trpc = useTRPC();
  const { data: families } = useSuspenseQuery(trpc.pseudopotentials.list.queryOptions());
  const { data: family } = useQuery(trpc.pseudopotentials.get.queryOptions({ id }));
  return (
    <div className="page">
      <div className="page-head">
        <div>
          <h1>Pseudopotentials</h1>
          <p className="soft prose">
            They stand for nucleus and core electrons. The built-in family serves both engines; Quantum ESPRESSO can use
            families that you install here.
          </p>
          <HelpLink guide="quantum-espresso" section="pseudopotentials">
            What an archive holds
          </HelpLink>
        </div>
      </div>
      <div className={shared.columns}>
        <div className={styles.side}>
          <nav aria-label="Families">
            <ul className={shared.list}>
              {families.map((one) => (
                <li key={one.id}>
                  <Link
                    href={one.id === null ? '/pseudopotentials' : `/pseudopotentials?family=${one.id}`}
                    aria-current={one.id === id ? 'page' : undefined}
                    className={shared.item}
                    scroll={false}
                  >
                    <span className={shared.name}>{one.name}</span>
                    <span className="faint">
                      {one.id === null ? 'built in' : functionalWords(one.functional)}, {one.elements.length}{' '}
                      {one.elements.length === 1 ? 'element' : 'elements'}
                    </span>
                  </Link>
                </li>
              ))}
            </ul>
          </nav>
          {families.length === 1 && (
            <p className="faint">
              None is installed yet. Ultrasoft, PAW and fully relativistic families come as archives: SSSP from
              materialscloud.org, PseudoDojo from pseudo-dojo.org.
            </p>
          )}
        </div>
        {family && <FamilyContents family={family} />}
      </div>
      <InstallFamily />
    </div>
  );
}
