import './globals.css';
// After globals.css, which says in which order the layers lie.
import '@mantine/core/styles.layer.css';
import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata, Viewport } from 'next';
import localFont from 'next/font/local';
import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { dehydrated, getQueryClient, trpc } from './_trpc/server';
import { Providers } from './providers';
import { Shell } from './shell/Shell';
import { isScheme, RAIL_COOKIE, SCHEME_COOKIE, schemeScript } from './theme/color-scheme';
import { tokenValue } from './theme/tokens';

const sans = localFont({
  src: './fonts/geist-latin.woff2',
  weight: '100 900',
  variable: '--font-sans',
  display: 'swap',
});
const mono = localFont({
  src: './fonts/geist-mono-latin.woff2',
  weight: '100 900',
  variable: '--font-mono',
  display: 'swap',
  preload: false,
});

export const metadata: Metadata = {
  title: { default: 'Brine', template: '%s – Brine' },
  description: 'An open notebook and workflow platform for computational materials science.',
};

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: tokenValue('ground', 'light') },
    { media: '(prefers-color-scheme: dark)', color: tokenValue('ground', 'dark') },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const jar = await cookies();
  const stored = jar.get(SCHEME_COOKIE)?.value;
  const choice = isScheme(stored) ? stored : 'auto';
  // The shell stands also where the database does not answer; the page then says what is wrong.
  await getQueryClient().prefetchQuery(trpc.system.status.queryOptions());
  return (
    <html
      lang="en"
      className={`${sans.variable} ${mono.variable}`}
      data-scheme-choice={choice}
      data-mantine-color-scheme={choice === 'dark' ? 'dark' : 'light'}
      suppressHydrationWarning
    >
      <head>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours, run before the first paint. */}
        <script dangerouslySetInnerHTML={{ __html: schemeScript }} />
      </head>
      <body>
        <Providers colorScheme={choice}>
          <HydrationBoundary state={dehydrated()}>
            <Shell isRailNarrow={jar.get(RAIL_COOKIE)?.value === 'narrow'}>{children}</Shell>
          </HydrationBoundary>
        </Providers>
      </body>
    </html>
  );
}
