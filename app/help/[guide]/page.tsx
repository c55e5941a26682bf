import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { GuideText } from '../GuideText';
import { guideTitles, slugOf } from '../guide-ids';
import { isGuide, readGuide } from '../guides';
import styles from '../help.module.css';

interface Props {
  params: Promise<{ guide: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { guide } = await params;
  return isGuide(guide) ? { title: guideTitles[guide].title } : {};
}

/** One guide with its headings beside it. */
export default async function Guide({ params }: Props) {
  const { guide } = await params;
  if (!isGuide(guide)) notFound();
  const blocks = await readGuide(guide);
  const headings = blocks.flatMap((block) => (block.kind === 'heading' && block.level === 2 ? [block.text] : []));
  return (
    <div className="page">
      <p className="faint">
        <Link href="/help">Help</Link>
      </p>
      <div className={styles.both}>
        <article className={styles.text}>
          <GuideText blocks={blocks} />
        </article>
        <nav className={styles.contents} aria-label="In this guide">
          {headings.map((heading) => (
            <a key={heading} href={`#${slugOf(heading)}`}>
              {heading}
            </a>
          ))}
        </nav>
      </div>
    </div>
  );
}
