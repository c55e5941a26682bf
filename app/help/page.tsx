import type { Metadata } from 'next';
import Link from 'next/link';
import { propertyIds } from '@/server/properties/ids';
import { properties } from '@/server/properties/registry';
import { GuideText } from './GuideText';
import { type GuideId, guideTitles } from './guide-ids';
import styles from './help.module.css';
import { parseGuide } from './parse-guide';

export const metadata: Metadata = { title: 'Help' };

/** The guides, and what to know about each property. */
export default function Help() {
  return (
    <div className="page">
      <div className="page-head">
        <h1>Help</h1>
      </div>
      <ul className={styles.guides} aria-label="Guides">
        {(Object.keys(guideTitles) as GuideId[]).map((id) => (
          <li key={id}>
            <Link href={`/help/${id}`} className={styles.guide}>
              <span className={styles.name}>{guideTitles[id].title}</span>
              <span className="soft">{guideTitles[id].sentence}</span>
            </Link>
          </li>
        ))}
      </ul>
      <p className="soft">
        Tokens for scripts and notebooks are made under <Link href="/access">Access for programs</Link>.
      </p>
      <h2>What can be computed</h2>
      <div className={styles.properties}>
        {propertyIds.map((id) => (
          <section key={id} aria-label={properties[id].title} className={styles.text}>
            <h3>{properties[id].title}</h3>
            <p>{properties[id].description}</p>
            <GuideText blocks={parseGuide(properties[id].guide.replaceAll('\n', '\n\n'))} />
          </section>
        ))}
      </div>
    </div>
  );
}
