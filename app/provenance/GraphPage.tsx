'use client';
import { Button, SegmentedControl } from '@mantine/core';
import { IconArrowBarToLeft, IconArrowBarToRight, IconArrowLeft, IconArrowRight } from '@tabler/icons-react';
import { useRouter, useSearchParams } from 'next/navigation';
import { titleOf } from '@/server/schemas/provenance';
import { Ago } from '../components/Ago';
import { ButtonLink } from '../components/ButtonLink';
import { Notice } from '../components/Notice';
import { StateBadge } from '../components/StateBadge';
import { useSearchState } from '../components/use-search-state';
import { GraphDrawing } from './GraphDrawing';
import { GraphText } from './GraphText';
import { NodeTitle } from './NodeTitle';
import styles from './provenance.module.css';
import { type FirstStep, useGraph } from './use-graph';

const views = ['drawing', 'text'] as const;

/** Where a node comes from and what became of it, opened step by step. */
export function GraphPage(first: FirstStep) {
  const router = useRouter();
  const graph = useGraph(first);
  const { layout, step, walk, cursorOf, isBusy, isCut, problem } = graph;
  const [view, setView] = useSearchState('view', views, 'drawing');
  const [selected, select] = useSelected(first.item.id, layout.nodes);
  const { item } = layout.nodes.get(selected)!;
  const open = (id: string, direction: 'in' | 'out') => {
    const cursor = cursorOf(id, direction);
    if (cursor !== null) void step(id, direction, cursor ?? null);
  };
  const stepButton = (direction: 'in' | 'out') => {
    const cursor = cursorOf(selected, direction);
    const words = direction === 'in' ? 'Where it comes from' : 'What became of it';
    const Icon = direction === 'in' ? IconArrowLeft : IconArrowRight;
    return (
      <Button
        variant="default"
        size="compact-md"
        leftSection={<Icon size={16} aria-hidden />}
        disabled={isBusy || cursor === null}
        onClick={() => open(selected, direction)}
      >
        {cursor ? `More: ${words.toLowerCase()}` : words}
      </Button>
    );
  };
  return (
    <div className="page">
      <div className="page-head">
        <div>
          <h1>
            Provenance of <NodeTitle item={first.item} />
          </h1>
          <p className="soft" role="status">
            {layout.nodes.size} {layout.nodes.size === 1 ? 'node' : 'nodes'} open
            {isCut && ', the nearest of more'}
          </p>
        </div>
        <SegmentedControl
          aria-label="View"
          value={view}
          onChange={(value) => setView(value as (typeof views)[number])}
          data={[
            { value: 'drawing', label: 'Drawing' },
            { value: 'text', label: 'Text' },
          ]}
        />
      </div>
      <section className={styles.selected} aria-label="Selected node">
        <p className={styles.selectedTitle}>
          <strong>
            <NodeTitle item={item} />
          </strong>{' '}
          {item.type === 'process' && <StateBadge state={item.state} />}{' '}
          <span className="faint">
            <Ago at={item.createdAt} />
          </span>
        </p>
        <div className={styles.tools}>
          {stepButton('in')}
          {stepButton('out')}
          <Button
            variant="subtle"
            size="compact-md"
            leftSection={<IconArrowBarToLeft size={16} aria-hidden />}
            disabled={isBusy}
            onClick={() => void walk(selected, 'in')}
          >
            All ancestors
          </Button>
          <Button
            variant="subtle"
            size="compact-md"
            leftSection={<IconArrowBarToRight size={16} aria-hidden />}
            disabled={isBusy}
            onClick={() => void walk(selected, 'out')}
          >
            All descendants
          </Button>
          <ButtonLink href={`/nodes/${selected}`} variant="subtle" size="compact-md">
            Open its page<span className="visually-hidden">: {titleOf(item)}</span>
          </ButtonLink>
        </div>
      </section>
      {problem && (
        <Notice tone="bad" role="alert">
          {problem}
        </Notice>
      )}
      {view === 'drawing' ? (
        <GraphDrawing
          layout={layout}
          selected={selected}
          onSelect={select}
          onOpen={open}
          onEnter={(id) => router.push(`/nodes/${id}`)}
        />
      ) : (
        <GraphText layout={layout} selected={selected} onSelect={select} />
      )}
    </div>
  );
}

/** In the address, as far as it is among the open nodes. */
function useSelected(root: string, nodes: ReadonlyMap<string, unknown>): [string, (id: string) => void] {
  const asked = useSearchParams().get('node');
  const select = (id: string) => {
    const parameters = new URLSearchParams(window.location.search);
    if (id === root) parameters.delete('node');
    else parameters.set('node', id);
    const query = parameters.toString();
    window.history.replaceState(null, '', query ? `?${query}` : window.location.pathname);
  };
  return [asked && nodes.has(asked) ? asked : root, select];
}
