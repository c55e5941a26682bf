'use client';
import { type MantineColorScheme, MantineProvider } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { ServerLink } from './_trpc/client';
import { EventFeed } from './_trpc/event-feed';
import { cookieSchemeManager } from './theme/color-scheme';
import { resolveVariables, theme } from './theme/theme';

export function Providers({ colorScheme, children }: { colorScheme: MantineColorScheme; children: ReactNode }) {
  const [manager] = useState(() => cookieSchemeManager(colorScheme));
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={resolveVariables}
      defaultColorScheme={colorScheme}
      colorSchemeManager={manager}
    >
      <ServerLink>
        <EventFeed>{children}</EventFeed>
      </ServerLink>
    </MantineProvider>
  );
}
