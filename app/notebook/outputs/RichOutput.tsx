'use client';
import dynamic from 'next/dynamic';
import { renderLatex } from '@/server/schemas/notebook/render-markdown';
import type { DataOutput, MimeValue } from '@/server/schemas/notebook/state';
import { Markdown } from '../Markdown';
import { useOpenNotebook } from '../use-notebook';
import { AnsiText } from './AnsiText';
import { imageAddress, imageTypes } from './blob-address';
import { HtmlFrame } from './HtmlFrame';
import { JsonTree } from './JsonTree';
import styles from './outputs.module.css';
import { ProgressOutput } from './ProgressOutput';
import { useValue } from './use-value';

const PlotlyOutput = dynamic(() => import('./PlotlyOutput').then((m) => m.PlotlyOutput), { ssr: false });
const VolumeOutput = dynamic(() => import('./VolumeOutput').then((m) => m.VolumeOutput), { ssr: false });
const StructureOutput = dynamic(() => import('./StructureOutput').then((m) => m.StructureOutput), { ssr: false });

/** From the richest to the plainest: of what an output offers the first is shown. */
const preferred = [
  'application/vnd.brine.progress+json',
  'application/vnd.brine.volume+json',
  'application/vnd.brine.structure+json',
  'application/vnd.plotly.v1+json',
  'text/html',
  'image/svg+xml',
  ...imageTypes,
  'text/latex',
  'text/markdown',
  'application/json',
  'text/plain',
];

/** What ipywidgets show; of it the page has only the text. */
const WIDGET = 'application/vnd.jupyter.widget-view+json';

interface Props {
  output: DataOutput;
  isTrusted: boolean;
}

/** An output that is data, in the richest form that the page can show. */
export function RichOutput({ output: { data, metadata }, isTrusted }: Props) {
  const { client } = useOpenNotebook();
  const type = preferred.find((one) => one in data) ?? Object.keys(data).find((one) => one.startsWith('text/'));
  if (!type)
    return (
      <p className="faint">An output of a kind that cannot be shown here: {Object.keys(data).join(', ') || 'empty'}</p>
    );
  if ((imageTypes as readonly string[]).includes(type)) {
    const size = metadata[type] as { width?: unknown; height?: unknown } | undefined;
    const px = (value: unknown) => (typeof value === 'number' && value > 0 && value < 10_000 ? value : undefined);
    const plain = data['text/plain'];
    const alt = plain && 'inline' in plain ? String(plain.inline).slice(0, 300) : 'Picture';
    return (
      // biome-ignore lint/performance/noImgElement: made by a cell, not a picture of ours to optimise.
      <img
        className={styles.image}
        src={imageAddress(client.id, data)!}
        alt={alt}
        width={px(size?.width)}
        height={px(size?.height)}
      />
    );
  }
  return (
    <>
      <Value type={type} value={data[type]!} isTrusted={isTrusted} />
      {WIDGET in data && (
        <p className="faint">A widget of Jupyter: its text stands here, it cannot be moved on this page.</p>
      )}
    </>
  );
}

function Value({ type, value, isTrusted }: { type: string; value: MimeValue; isTrusted: boolean }) {
  const { client } = useOpenNotebook();
  const read = useValue(value);
  if (read === undefined) return <p className="faint">Fetching …</p>;
  const text = String(read);
  switch (type) {
    case 'application/vnd.brine.progress+json':
      return <ProgressOutput value={read} />;
    case 'application/vnd.brine.volume+json':
      return <VolumeOutput value={read} />;
    case 'application/vnd.brine.structure+json':
      return <StructureOutput value={read} />;
    case 'application/vnd.plotly.v1+json':
      return <PlotlyOutput value={read} />;
    case 'text/html':
      return <HtmlFrame html={text} hasScripts={isTrusted} label="Output" />;
    case 'image/svg+xml':
      return <HtmlFrame html={text} hasScripts={false} label="Drawing" />;
    case 'text/latex':
      // biome-ignore lint/security/noDangerouslySetInnerHtml: KaTeX writes it, and trusts nothing in the formula.
      return <div className={styles.formula} dangerouslySetInnerHTML={{ __html: renderLatex(text) }} />;
    case 'text/markdown':
      return <Markdown source={text} notebookId={client.id} />;
    case 'application/json':
      return <JsonTree value={read} />;
    default:
      return (
        <pre className={styles.text}>
          <AnsiText text={text} />
        </pre>
      );
  }
}
