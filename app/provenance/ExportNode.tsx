'use client';
import { Menu } from '@mantine/core';
import type { ExportFormat } from '@/server/schemas/provenance';
import { ExportMenu } from '../components/ExportMenu';

const formats = {
  archive: 'Archive that Brine imports',
  folder: 'Folder for people',
  'ro-crate': 'RO-Crate, no license stated',
} as const satisfies Record<ExportFormat, string>;

/** Those that repositories of data ask for. */
const licenses = [
  ['CC-BY-4.0', 'CC BY 4.0'],
  ['CC0-1.0', 'CC0 1.0'],
] as const;

/** A node with all it comes from, and with what became of it, as a file. */
export function ExportNode({ id }: { id: string }) {
  return (
    <ExportMenu>
      <Menu.Label>With all it comes from</Menu.Label>
      {Object.entries(formats).map(([format, label]) => (
        <Menu.Item key={format} component="a" href={`/api/provenance/export?ids=${id}&format=${format}`} download>
          {label}
        </Menu.Item>
      ))}
      {licenses.map(([license, name]) => (
        <Menu.Item
          key={license}
          component="a"
          href={`/api/provenance/export?ids=${id}&format=ro-crate&license=${license}`}
          download
        >
          RO-Crate under {name}
        </Menu.Item>
      ))}
      <Menu.Label>And what became of it</Menu.Label>
      <Menu.Item component="a" href={`/api/provenance/export?ids=${id}&descendants=1`} download>
        {formats.archive}
      </Menu.Item>
    </ExportMenu>
  );
}
