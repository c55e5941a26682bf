'use client';
import { ActionIcon, Button, Checkbox, TextInput } from '@mantine/core';
import { IconArrowUp } from '@tabler/icons-react';
import { useMutation, useSuspenseQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { type CurationSettings, curationSettingsSchema } from '@/server/schemas/curation-settings';
import { messageOf, useTRPC } from '../../_trpc/client';
import { Empty } from '../../components/Empty';
import { Notice } from '../../components/Notice';
import { NumberField } from '../../fields/NumberField';
import { counted } from '../../format/number';
import entryStyles from '../entry.module.css';
import styles from './curate.module.css';

const filters = [
  ['leavesOutDisorder', 'Leave out disorder', 'Sites that are partly occupied or shared by elements.'],
  [
    'leavesOutImplicitAtoms',
    'Leave out what lacks atoms',
    'Atoms of the formula that have no site, hydrogen above all.',
  ],
  ['comparesFormula', 'Compare the formula', 'The one that the source writes must be that of the sites.'],
] as const;

const numbers = [
  [
    'minimumDistanceAngstrom',
    'Least distance',
    'Å',
    { min: 0, max: 3 },
    'Atoms nearer than this are a fault of the file.',
  ],
  ['primitiveSitesMax', 'Most atoms', '', { min: 1, max: 200, isWhole: true }, 'In the primitive cell.'],
  [
    'symmetryToleranceAngstrom',
    'Tolerance of symmetry',
    'Å',
    { min: 1e-5, max: 0.5 },
    'How far an atom may be from where symmetry puts it.',
  ],
] as const;

/** Which databases, in the order of preference, and what is left out of them. */
export function CurateForm({ from, again }: { from: string[]; again: string | null }) {
  const trpc = useTRPC();
  const router = useRouter();
  const { data } = useSuspenseQuery(trpc.datasets.list.queryOptions());
  const ready = data.filter(({ state }) => state === 'ready');
  const [slugs, setSlugs] = useState(() => from.filter((slug) => ready.some((dataset) => dataset.slug === slug)));
  const [settings, setSettings] = useState<CurationSettings>(() => curationSettingsSchema.parse({}));
  const [leftOut, setLeftOut] = useState('');
  const [title, setTitle] = useState('');
  const elements = leftOut.split(/[\s,]+/).filter((word) => word !== '');
  const start = useMutation(
    trpc.datasets.curate.mutationOptions({ onSuccess: ({ slug }) => router.push(`/explore/curate/${slug}`) }),
  );
  const set = (changes: Partial<CurationSettings>) => setSettings((before) => ({ ...before, ...changes }));
  const raise = (slug: string) =>
    setSlugs((before) => {
      const at = before.indexOf(slug);
      return before.with(at, before[at - 1]!).with(at - 1, slug);
    });
  return (
    <div className="page">
      <header className="page-head">
        <div>
          <p className={entryStyles.crumb}>
            <Link href="/explore">Explore</Link>
          </p>
          <h1>Curate</h1>
          <p className="soft">
            Raw entries become unique crystals: each is looked at, the same ones are found, the best is kept.
          </p>
        </div>
      </header>
      {ready.length === 0 ? (
        <Empty title="No database to curate">
          Bring one first, <Link href="/explore">under Explore</Link>: an archive of CIF files, or entries of another
          server.
        </Empty>
      ) : (
        <form
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault();
            start.mutate({
              ...{ slugs, title, settings: { ...settings, elementsLeftOut: elements } },
              ...(again ? { againOf: again } : {}),
            });
          }}
        >
          <fieldset>
            <legend>Databases</legend>
            <p className="faint">Of the same crystal in several of them the first one’s is kept.</p>
            <ol className={styles.chosen} aria-label="In the order of preference">
              {slugs.map((slug, i) => (
                <li key={slug}>
                  {i + 1}. {ready.find((dataset) => dataset.slug === slug)!.title}
                  {i > 0 && (
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      size="sm"
                      aria-label={`Prefer ${slug}`}
                      onClick={() => raise(slug)}
                    >
                      <IconArrowUp size={15} aria-hidden />
                    </ActionIcon>
                  )}
                </li>
              ))}
            </ol>
            {ready.map(({ slug, title: name, entryCount }) => (
              <Checkbox
                key={slug}
                label={name}
                description={counted(entryCount, 'entry', 'entries')}
                checked={slugs.includes(slug)}
                onChange={(event) =>
                  setSlugs(event.currentTarget.checked ? [...slugs, slug] : slugs.filter((other) => other !== slug))
                }
              />
            ))}
          </fieldset>
          <fieldset>
            <legend>What is left out</legend>
            {filters.map(([name, label, description]) => (
              <Checkbox
                key={name}
                {...{ label, description }}
                checked={settings[name]}
                onChange={(event) => set({ [name]: event.currentTarget.checked })}
              />
            ))}
            <TextInput
              label="Elements"
              placeholder="H, U"
              description="Entries with one of these are left out."
              value={leftOut}
              maxLength={400}
              onChange={(event) => setLeftOut(event.currentTarget.value)}
            />
            <div className={styles.numbers}>
              {numbers.map(([name, label, unit, bounds, description]) => (
                <div key={name}>
                  <NumberField
                    {...{ label, ...bounds, ...(unit ? { unit } : {}) }}
                    describedBy={`about-${name}`}
                    width={210}
                    value={settings[name]}
                    onChange={(value) => set({ [name]: value })}
                  />
                  <p className="faint" id={`about-${name}`}>
                    {description}
                  </p>
                </div>
              ))}
            </div>
          </fieldset>
          <TextInput
            label="Name of the new database"
            w="100%"
            value={title}
            maxLength={200}
            onChange={(event) => setTitle(event.currentTarget.value)}
          />
          {again && <p className="faint">What differs from {again} is told at the end.</p>}
          {start.error && (
            <Notice tone="bad" role="alert">
              {messageOf(start.error)}
            </Notice>
          )}
          <Button type="submit" loading={start.isPending} disabled={slugs.length === 0 || title.trim() === ''}>
            Curate
          </Button>
        </form>
      )}
    </div>
  );
}
