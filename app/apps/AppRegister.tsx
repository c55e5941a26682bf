'use client';
import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { appCategories } from '@/server/schemas/app/apps';
import { useTRPC } from '../_trpc/client';
import { Ago } from '../components/Ago';
import { ButtonLink } from '../components/ButtonLink';
import { Empty } from '../components/Empty';
import { Places } from '../notebooks/Places';
import styles from './apps.module.css';
import { categoryWords } from './categories';
import { placeAddress, type RegisterPlace, search } from './register-place';

const TYPING_PAUSE_MS = 200;

/** All apps, by category and by what is searched. */
export function AppRegister({ place }: { place: RegisterPlace }) {
  const trpc = useTRPC();
  const router = useRouter();
  const { data } = useQuery(trpc.apps.list.queryOptions({}));
  const [text, setText] = useState(place.text);
  const { category } = place;
  useEffect(() => {
    if (text.trim() === place.text) return;
    const timer = setTimeout(
      () => router.replace(placeAddress({ text, category }), { scroll: false }),
      TYPING_PAUSE_MS,
    );
    return () => clearTimeout(timer);
  }, [text, category, place.text, router]);
  const apps = data ?? [];
  const found = search(apps, text).filter((app) => category === null || app.category === category);
  const used = appCategories.filter((one) => apps.some((app) => app.category === one));
  return (
    <div className="page">
      <div className="page-head">
        <h1>Apps</h1>
      </div>
      <Places here="/apps" />
      {apps.length > 0 && (
        <div className={styles.filters}>
          <TextInput
            className={styles.search}
            type="search"
            aria-label="Search apps"
            placeholder="Search apps"
            leftSection={<IconSearch size={16} stroke={1.7} aria-hidden />}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <nav aria-label="Categories">
            <ul className={styles.categories}>
              {[null, ...used].map((one) => (
                <li key={one ?? 'all'}>
                  <Link
                    href={placeAddress({ text, category: one })}
                    replace
                    scroll={false}
                    aria-current={one === category ? 'true' : undefined}
                  >
                    {one === null ? 'All' : categoryWords[one]}
                  </Link>
                </li>
              ))}
            </ul>
          </nav>
        </div>
      )}
      <p className="visually-hidden" role="status">
        {found.length === 1 ? '1 app' : `${found.length} apps`}
      </p>
      {found.length > 0 ? (
        <ul className={styles.cards}>
          {found.map(({ name, title, description, author, category: kind, publishedAt }) => (
            <li key={name} className={styles.card}>
              <p className={styles.kind}>{categoryWords[kind]}</p>
              <h2>
                <Link href={`/apps/${name}`} prefetch={false} className={styles.cover}>
                  {title}
                </Link>
              </h2>
              <p className="soft">{description}</p>
              <p className={styles.author}>
                {author}, <Ago at={publishedAt} />
              </p>
            </li>
          ))}
        </ul>
      ) : apps.length > 0 ? (
        <Empty title="No app bears these words" action={<Link href="/apps">Show all apps</Link>}>
          Search for other words, or in another category.
        </Empty>
      ) : (
        <Empty title="No apps yet" action={<ButtonLink href="/notebooks">Go to the notebooks</ButtonLink>}>
          An app shows a notebook without its code: others set its inputs and see what comes out. Open a notebook and
          choose “Publish as an app” under More.
        </Empty>
      )}
    </div>
  );
}
