import Link from 'next/link';
import { guideTitles, slugOf } from './guide-ids';
import styles from './help.module.css';
import type { Block, Span } from './parse-guide';

/** A guide's blocks, each in its element. Headings can be linked to. */
export function GuideText({ blocks }: { blocks: Block[] }) {
  return blocks.map((block, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a text does not change its order.
    <GuideBlock key={index} block={block} />
  ));
}

function GuideBlock({ block }: { block: Block }) {
  switch (block.kind) {
    case 'heading': {
      const Heading = `h${block.level}` as const;
      return <Heading id={slugOf(block.text)}>{block.text}</Heading>;
    }
    case 'paragraph':
      return (
        <p>
          <Spans spans={block.spans} />
        </p>
      );
    case 'list': {
      const List = block.isOrdered ? 'ol' : 'ul';
      return (
        <List>
          {block.items.map((item, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a text does not change its order.
            <li key={i}>
              <Spans spans={item} />
            </li>
          ))}
        </List>
      );
    }
    case 'code':
      return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region that keys must reach.
        <pre tabIndex={0}>
          <code>{block.text}</code>
        </pre>
      );
    case 'table':
      return <GuideTable header={block.header} rows={block.rows} />;
  }
}

function GuideTable({ header, rows }: { header: Span[][]; rows: Span[][][] }) {
  const cells = (row: Span[][], Cell: 'th' | 'td') =>
    row.map((spans, i) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: a text does not change its order.
      <Cell key={i}>
        <Spans spans={spans} />
      </Cell>
    ));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region that keys must reach.
    <section className={styles.table} tabIndex={0} aria-label="Table">
      <table>
        <thead>
          <tr>{cells(header, 'th')}</tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a text does not change its order.
            <tr key={i}>{cells(row, 'td')}</tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Spans({ spans }: { spans: Span[] }) {
  return spans.map(({ text, look, href }, index) => {
    const key = `${index}`;
    if (look === 'code') return <code key={key}>{text}</code>;
    if (look === 'strong') return <strong key={key}>{text}</strong>;
    if (look === 'em') return <em key={key}>{text}</em>;
    const guide = href && /^(?:\.\/)?([\w-]+)\.md(#.*)?$/.exec(href);
    if (guide && guide[1]! in guideTitles)
      return (
        <Link key={key} href={`/help/${guide[1]}${guide[2] ?? ''}`}>
          {text}
        </Link>
      );
    if (href?.startsWith('https://'))
      return (
        <a key={key} href={href} target="_blank" rel="noreferrer">
          {text}
        </a>
      );
    return <span key={key}>{text}</span>;
  });
}
