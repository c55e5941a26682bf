'use client';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import { isElement } from '@/kernels/crystal/elements';
import { type Anode, anodes } from '@/kernels/diffraction/schema';
import { kAlphaAngstrom } from '@/kernels/diffraction/wavelengths';
import type { PatternMatches as Found } from '@/server/schemas/datasets';
import { messageOf, useTRPC } from '../_trpc/client';
import { Notice } from '../components/Notice';
import { Formula } from '../components/Typeset';
import { counted, fixed, NOT_COMPUTED } from '../format/number';
import styles from './diffraction.module.css';
import type { Scan } from './MeasuredScan';
import { anodeText } from './words';

interface Props {
  slug: string;
  scan: Scan;
  /** Where the page says which radiation it was; else it is asked for. */
  anode?: Anode | undefined;
  /** Elements to begin with: those of the entry that is looked at. */
  elements: string[];
}

/** Looks for the entries of a dataset that a scan fits best. */
export function PatternMatches({ slug, scan, anode, elements }: Props) {
  const trpc = useTRPC();
  const [text, setText] = useState(elements.join(' '));
  const [ownAnode, setOwnAnode] = useState<Anode>('Cu');
  const find = useMutation(trpc.datasets.matchPattern.mutationOptions());
  const wanted = text.split(/[\s,;-]+/).filter((word) => word !== '');
  const unknown = wanted.find((word) => !isElement(word));
  const { lines, pattern } = scan;
  const look = () =>
    find.mutate({
      slug,
      wavelengthAngstrom: kAlphaAngstrom(anode ?? ownAnode),
      rangeDegrees: [pattern.twoThetaDegrees[0]!, pattern.twoThetaDegrees.at(-1)!],
      lines,
      elements: wanted.length > 0 ? wanted : null,
    });
  return (
    <div className={styles.matches}>
      <form
        className={styles.ask}
        onSubmit={(event) => {
          event.preventDefault();
          if (!unknown && lines.length > 0) look();
        }}
      >
        {!anode && (
          <NativeSelect
            size="xs"
            label="Measured with"
            value={ownAnode}
            onChange={(event) => setOwnAnode(event.currentTarget.value as Anode)}
            data={anodes.map((value) => ({ value, label: anodeText(value) }))}
          />
        )}
        <TextInput
          size="xs"
          label="Only of these elements"
          placeholder="all, or Na Cl O"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          error={unknown && `${unknown.slice(0, 10)} is no element`}
        />
        <Button size="xs" type="submit" loading={find.isPending} disabled={lines.length === 0 || Boolean(unknown)}>
          Find entries that fit
        </Button>
      </form>
      {lines.length === 0 && (
        <Notice tone="warn">No line stands out of the noise of this scan, so nothing can be compared.</Notice>
      )}
      {find.error && (
        <Notice tone="bad" role="alert">
          {messageOf(find.error)}
        </Notice>
      )}
      {find.data && <MatchTable found={find.data} slug={slug} />}
    </div>
  );
}

function MatchTable({ found: { matches, compared, progress }, slug }: { found: Found; slug: string }) {
  return (
    <div role="status">
      <p className="faint">
        Of {counted(compared, 'entry', 'entries')} compared. The score is the cosine between both patterns, 1 where they
        are equal: each line counts with the square root of its intensity and is 0.5 % of d wide, and the entry’s cell
        may be up to 2 % larger or smaller.
        {progress.done < progress.total &&
          ` The lines of ${counted(progress.total - progress.done, 'entry', 'entries')} are still being computed; look again in a minute.`}
      </p>
      {matches.length > 0 && (
        <div className={styles.scroll}>
          <table className={styles.table}>
            <caption className="visually-hidden">Entries that fit, the best first</caption>
            <thead>
              <tr>
                <th scope="col">Entry</th>
                <th scope="col">Id</th>
                <th scope="col">Space group</th>
                <th scope="col">Score</th>
                <th scope="col">Its cell, scaled by</th>
              </tr>
            </thead>
            <tbody>
              {matches.map(({ key, formula, spaceGroupNumber, score, scale }) => (
                <tr key={key}>
                  <th scope="row">
                    <Link href={`/explore/${slug}/${encodeURIComponent(key)}`} prefetch={false}>
                      <Formula of={formula} />
                    </Link>
                  </th>
                  <td>{key}</td>
                  <td>{spaceGroupNumber ?? NOT_COMPUTED}</td>
                  <td>{fixed(score, 3)}</td>
                  <td>{fixed(scale, 4)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}
