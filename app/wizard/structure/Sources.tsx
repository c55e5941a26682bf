'use client';
import { Tabs } from '@mantine/core';
import { IconAtom, IconBox, IconDiamond, IconUpload, IconWorldSearch } from '@tabler/icons-react';
import { useSearchParams } from 'next/navigation';
import type { ReactNode } from 'react';
import { ElsewhereSource } from './ElsewhereSource';
import { ExampleSource } from './ExampleSource';
import { FileSource } from './FileSource';
import { MoleculeSource } from './MoleculeSource';
import { OwnSource } from './OwnSource';
import styles from './structure-step.module.css';

const sources = ['file', 'examples', 'molecule', 'own', 'elsewhere'] as const;
type Source = (typeof sources)[number];

/** Where a structure may come from; which one is open stands in the address. */
export function Sources({ pictures }: { pictures: Record<string, ReactNode> }) {
  const asked = useSearchParams().get('source');
  const source = sources.find((name) => name === asked) ?? 'file';
  const open = (name: Source) => window.history.replaceState(null, '', `?source=${name}`);
  const icon = { size: 17, stroke: 1.6, 'aria-hidden': true } as const;
  return (
    <Tabs value={source} onChange={(name) => open(name as Source)} keepMounted={false} className={styles.sources}>
      <Tabs.List>
        <Tabs.Tab value="file" leftSection={<IconUpload {...icon} />}>
          File or text
        </Tabs.Tab>
        <Tabs.Tab value="examples" leftSection={<IconDiamond {...icon} />}>
          Examples
        </Tabs.Tab>
        <Tabs.Tab value="molecule" leftSection={<IconAtom {...icon} />}>
          Molecule
        </Tabs.Tab>
        <Tabs.Tab value="own" leftSection={<IconBox {...icon} />}>
          Your structures
        </Tabs.Tab>
        <Tabs.Tab value="elsewhere" leftSection={<IconWorldSearch {...icon} />}>
          Databases elsewhere
        </Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="file" pt="lg">
        <FileSource />
      </Tabs.Panel>
      <Tabs.Panel value="examples" pt="lg">
        <ExampleSource pictures={pictures} />
      </Tabs.Panel>
      <Tabs.Panel value="molecule" pt="lg">
        <MoleculeSource />
      </Tabs.Panel>
      <Tabs.Panel value="own" pt="lg">
        <OwnSource />
      </Tabs.Panel>
      <Tabs.Panel value="elsewhere" pt="lg">
        <ElsewhereSource />
      </Tabs.Panel>
    </Tabs>
  );
}
