'use client';
import { Button, Checkbox, NativeSelect, Popover, SegmentedControl } from '@mantine/core';
import { IconAdjustments } from '@tabler/icons-react';
import Link from 'next/link';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { DatasetSummary } from '@/server/schemas/datasets';
import { headsOf, headText, suggestedColumns } from '@/server/schemas/explorer/columns';
import { type ExplorerState, readState, writeState } from '@/server/schemas/explorer/explorer-state';
import { emptyQuery, type Query } from '@/server/schemas/explorer/query';
import { compareAddress } from '../compare/compare-address';
import { ButtonLink } from '../components/ButtonLink';
import { Notice } from '../components/Notice';
import { counted, count as countText } from '../format/number';
import { DownloadFound } from './DownloadFound';
import styles from './explore.module.css';
import { HistogramFilter } from './HistogramFilter';
import { KeepFound } from './KeepFound';
import { PeriodicTable } from './PeriodicTable';
import { ResultTable } from './ResultTable';
import { ScatterPlot } from './ScatterPlot';
import { SearchBox } from './SearchBox';
import { useExplorer } from './use-explorer';
import { useFound } from './use-found';
import { WordFilter } from './WordFilter';

/** A dataset: what of it is asked for at the left, what was found at the right. All of it stands in the address. */
export function Explorer({ dataset, search }: { dataset: DatasetSummary; search: string }) {
  const [state, setState] = useState<ExplorerState>(() => readState(new URLSearchParams(search)));
  const { query, sort } = state;
  const heads = useMemo(() => headsOf(dataset.properties), [dataset.properties]);
  const filtered = useMemo(
    () =>
      filteredColumns(
        query,
        heads.map(({ name }) => name),
      ),
    [query, heads],
  );
  const { found, fault } = useFound(dataset.slug, dataset.revision, query.text);
  const { loaded, failure, selected, rows, points, wantRows, wantPoints } = useExplorer(
    `/api/datasets/${dataset.id}/index?revision=${dataset.revision}`,
    { query, sort, histograms: filtered, found },
  );

  useEffect(() => {
    const address = writeState(state);
    window.history.replaceState(null, '', address ? `?${address}` : window.location.pathname);
  }, [state]);

  const change = useCallback((changes: Partial<ExplorerState>) => setState((so) => ({ ...so, ...changes })), []);
  const ask = useCallback(
    (changes: Partial<Query>) => setState((so) => ({ ...so, query: { ...so.query, ...changes } })),
    [],
  );
  const columns = state.columns ?? suggestedColumns(heads);
  const shown = columns.flatMap((name) => heads.find((head) => head.name === name) ?? []);
  const texts = new Map(loaded?.texts.map(({ name, words }) => [name, words]));
  const selection = selected?.id ?? 0;
  const isAsked =
    writeState({
      ...state,
      ...{ view: 'table', sort: [], columns: null, axes: { x: null, y: null, colour: null }, picked: [] },
    }) !== '';

  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <div>
          <p className={styles.crumb}>
            <Link href="/explore">Explore</Link>
          </p>
          <div className={styles.title}>
            <h1>{dataset.title}</h1>
            <span className="faint">
              {counted(dataset.entryCount, 'entry', 'entries')}
              {dataset.version && `, version ${dataset.version}`}
              {dataset.licence && `, ${dataset.licence}`}
            </span>
          </div>
        </div>
        <span className="faint">
          {dataset.state === 'ready' && dataset.symmetryCount < dataset.entryCount && (
            <>
              Space groups: {countText(dataset.symmetryCount)} of {countText(dataset.entryCount)} looked for so far.{' '}
            </>
          )}
          {dataset.source.kind === 'curation' && (
            <>
              <Link href={`/explore/curate/${dataset.slug}`}>How it was curated</Link>.{' '}
            </>
          )}
          <Link href={`/match?dataset=${dataset.slug}`}>Match a measured pattern</Link>. For programs:{' '}
          <code>/optimade/{dataset.slug}</code>
        </span>
      </header>
      {failure && (
        <Notice tone="bad" role="alert">
          {failure}
        </Notice>
      )}
      <div className={styles.both}>
        <section className={styles.filters} aria-label="What is asked for">
          <SearchBox
            text={query.text}
            understood={selected?.understood ?? null}
            fault={fault}
            onText={(text) => ask({ text })}
          />
          <PeriodicTable chosen={query} counts={selected?.elementCounts ?? null} onChange={ask} />
          <div>
            {filtered.map((name) => {
              const head = heads.find((one) => one.name === name)!;
              const remove = () =>
                ask({
                  ranges: without(query.ranges, name),
                  words: without(query.words, name),
                  known: without(query.known, name),
                });
              return texts.has(name) ? (
                <WordFilter
                  key={name}
                  head={head}
                  words={texts.get(name)!}
                  chosen={query.words[name] ?? []}
                  onChange={(words) => ask({ words: { ...query.words, [name]: words } })}
                  onRemove={isSuggested(query, name) ? null : remove}
                />
              ) : (
                <HistogramFilter
                  key={name}
                  head={head}
                  histogram={selected?.histograms[name] ?? null}
                  range={query.ranges[name] ?? [null, null]}
                  known={query.known[name] ?? null}
                  onRange={(range) => ask({ ranges: { ...query.ranges, [name]: range } })}
                  onKnown={(known) =>
                    ask({ known: known ? { ...query.known, [name]: known } : without(query.known, name) })
                  }
                  onRemove={isSuggested(query, name) ? null : remove}
                />
              );
            })}
            <NativeSelect
              size="xs"
              aria-label="Filter by another property"
              value=""
              onChange={(event) => {
                const name = event.currentTarget.value;
                if (!name) return;
                if (texts.has(name)) ask({ words: { ...query.words, [name]: [] } });
                else ask({ ranges: { ...query.ranges, [name]: [null, null] } });
              }}
              data={[
                { value: '', label: 'Filter by another property…' },
                ...heads
                  .filter(({ name }) => !filtered.includes(name))
                  .map((head) => ({ value: head.name, label: headText(head) })),
              ]}
            />
          </div>
        </section>
        <section aria-label="What was found" style={{ minWidth: 0 }}>
          <div className={styles.found}>
            <p className={styles.count} role="status">
              {selected ? countText(selected.count) : '…'} <small>of {countText(dataset.entryCount)}</small>
            </p>
            <div className={styles.tools}>
              {isAsked && (
                <Button variant="subtle" color="gray" size="compact-sm" onClick={() => change({ query: emptyQuery })}>
                  Clear all
                </Button>
              )}
              <SegmentedControl
                size="xs"
                aria-label="How it is shown"
                value={state.view}
                onChange={(view) => change({ view: view as ExplorerState['view'] })}
                data={[
                  { value: 'table', label: 'Table' },
                  { value: 'plot', label: 'Plot' },
                ]}
              />
              <Popover position="bottom-end" shadow="md">
                <Popover.Target>
                  <Button variant="default" size="compact-sm" leftSection={<IconAdjustments size={15} aria-hidden />}>
                    Columns
                  </Button>
                </Popover.Target>
                <Popover.Dropdown>
                  <Checkbox.Group
                    value={columns}
                    onChange={(chosen) => change({ columns: chosen })}
                    label="Columns of the table"
                  >
                    {heads.map((head) => (
                      <Checkbox key={head.name} size="xs" mt={6} value={head.name} label={headText(head)} />
                    ))}
                  </Checkbox.Group>
                </Popover.Dropdown>
              </Popover>
              {state.picked.length > 0 && (
                <>
                  <Button variant="subtle" color="gray" size="compact-sm" onClick={() => change({ picked: [] })}>
                    Unmark all
                  </Button>
                  <ButtonLink
                    size="compact-sm"
                    href={compareAddress(state.picked.map((key) => ({ slug: dataset.slug, key })))}
                  >
                    Compare {state.picked.length}
                  </ButtonLink>
                </>
              )}
              <KeepFound dataset={dataset} search={writeState(state)} />
              <DownloadFound dataset={dataset} state={state} count={selected?.count ?? 0} />
            </div>
          </div>
          {!loaded && !failure && (
            <div className={styles.waiting}>
              The columns of {countText(dataset.entryCount)} entries are on their way.
            </div>
          )}
          {loaded && selected && state.view === 'table' && (
            <ResultTable
              label={`Entries of ${dataset.title}`}
              heads={shown}
              count={selected.count}
              rows={rows}
              sort={sort}
              selection={selection}
              wantRows={wantRows}
              onSort={(next) => change({ sort: next })}
              hrefOf={(key) => `/explore/${dataset.slug}/${encodeURIComponent(key)}`}
              picked={state.picked}
              onPick={(picked) => change({ picked })}
            />
          )}
          {loaded && selected && state.view === 'plot' && (
            <ScatterPlot
              heads={heads}
              axes={state.axes}
              points={points}
              selection={selection}
              wantPoints={wantPoints}
              onAxes={(axes) => change({ axes })}
            />
          )}
          {selected?.count === 0 && (
            <p className={styles.understood}>No entry meets all of this. Take a condition away, or clear all.</p>
          )}
        </section>
      </div>
    </div>
  );
}

/** Columns with a filter beside the table, those that have one in the query first; the first properties where there is none. */
function filteredColumns(query: Query, names: string[]): string[] {
  const asked = [...Object.keys(query.ranges), ...Object.keys(query.words), ...Object.keys(query.known)];
  const suggested = names.filter((name) => name === 'sites' || name.startsWith('_')).slice(0, 3);
  return [...new Set([...asked.filter((name) => names.includes(name)), ...suggested])];
}

/** It stands there by itself, and there is nothing to take away. */
const isSuggested = ({ ranges, words, known }: Query, name: string) =>
  !(name in ranges || name in words || name in known);

function without<Value>(record: Record<string, Value>, name: string): Record<string, Value> {
  const { [name]: _, ...rest } = record;
  return rest;
}
