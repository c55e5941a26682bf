'use client';
import { Button, Radio, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { type PublicationReview, publicationChoices } from '@/server/schemas/publication';
import type { Dispersion, EngineName } from '@/server/schemas/settings';
import { messageOf, useTRPC } from '../_trpc/client';
import { Notice } from '../components/Notice';
import { counted } from '../format/number';
import { functionalWords } from '../plot/electronic-export';
import { engineNames } from '../wizard/review/physics-rows';
import { filterAddress } from './filters';
import { type PublicationAsked, publishAddress, selectionOf } from './publication';
import styles from './publish.module.css';

const choiceWords = {
  newest: ['The newest', 'What was submitted last counts.'],
  best: ['The best protocol', 'Stringent before balanced before fast; of equal ones the newest.'],
  all: ['All of them', 'Each calculation is an entry of its own.'],
} as const;

/** What of the found or picked calculations would be published, and what the dataset is called, before it is done. */
export function PublishPage(asked: PublicationAsked) {
  const trpc = useTRPC();
  const router = useRouter();
  const selection = selectionOf(asked);
  const { choice, ids } = asked;
  const review = useQuery(trpc.datasets.reviewPublication.queryOptions({ selection, choice }));
  const [about, setAbout] = useState({ title: '', description: '', licence: '', citation: '', version: '1' });
  const publish = useMutation(trpc.datasets.publish.mutationOptions({ onSuccess: () => router.push('/explore') }));
  const published = review.data?.published ?? 0;
  const field = (name: keyof typeof about) => ({
    value: about[name],
    onChange: ({ currentTarget: { value } }: { currentTarget: { value: string } }) =>
      setAbout((so) => ({ ...so, [name]: value })),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    publish.mutate({ selection, choice, ...about });
  };
  return (
    <div className="page">
      <div className="page-head">
        <div>
          <p className="faint">
            <Link href={ids.length > 0 ? '/calculations' : filterAddress('/calculations', asked.filters)}>
              Calculations
            </Link>
          </p>
          <h1>Publish as dataset</h1>
        </div>
      </div>
      <div className={styles.both}>
        <form className={styles.form} onSubmit={submit}>
          <TextInput label="Title" required maxLength={200} {...field('title')} />
          <Textarea label="Description" autosize minRows={3} maxLength={4000} {...field('description')} />
          <TextInput label="Licence" placeholder="CC BY 4.0" maxLength={200} {...field('licence')} />
          <Textarea label="Citation" autosize minRows={2} maxLength={2000} {...field('citation')} />
          <TextInput label="Version" required maxLength={40} {...field('version')} />
          <Radio.Group
            label="Of several calculations of one structure"
            value={choice}
            onChange={(value) =>
              router.replace(publishAddress({ ...asked, choice: value as typeof choice }), { scroll: false })
            }
          >
            <div className={styles.choices}>
              {publicationChoices.map((one) => (
                <Radio key={one} value={one} label={choiceWords[one][0]} description={choiceWords[one][1]} />
              ))}
            </div>
          </Radio.Group>
          {publish.error && (
            <Notice tone="bad" role="alert">
              {messageOf(publish.error)}
            </Notice>
          )}
          <div className={styles.act}>
            <Button type="submit" loading={publish.isPending} disabled={published === 0 || about.title.trim() === ''}>
              Publish {counted(published, 'entry', 'entries')}
            </Button>
            <span className="faint">
              {published === 0 && review.isSuccess
                ? 'There is nothing to publish.'
                : 'Only members of the project see it until it is opened.'}
            </span>
          </div>
        </form>
        <section aria-labelledby="review-title" aria-busy={review.isFetching} className={styles.review}>
          <h2 id="review-title">What will be in it</h2>
          {review.error && (
            <Notice tone="bad" role="alert">
              {messageOf(review.error)}
            </Notice>
          )}
          {review.isPending && <p className="faint">Looking through the calculations…</p>}
          {review.data && <Review of={review.data} />}
        </section>
      </div>
    </div>
  );
}

function Review({ of: { found, published, superseded, leftOut, methods, warnings } }: { of: PublicationReview }) {
  return (
    <>
      <p>
        {counted(found, 'calculation is', 'calculations are')} found; {counted(published, 'entry', 'entries')} will be
        published.
      </p>
      {warnings.map((warning) => (
        <Notice key={warning} tone="warn">
          {warning}
        </Notice>
      ))}
      {methods.length > 0 && (
        <>
          <h3>Methods</h3>
          <ul>
            {methods.map(({ engine, functional, dispersion, count }) => (
              <li key={`${engine} ${functional} ${dispersion}`}>
                {count} with {engineNames[engine as EngineName] ?? engine},{' '}
                {functionalWords(functional, dispersion as Dispersion)}
              </li>
            ))}
          </ul>
        </>
      )}
      {superseded + leftOut.length > 0 && (
        <>
          <h3>Left out</h3>
          <ul>
            {superseded > 0 && <li>{superseded}: another calculation of the same structure is taken</li>}
            {leftOut.map(({ state, count, why }) => (
              <li key={state}>
                {count}: {why}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
