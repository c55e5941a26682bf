'use client';
import { Menu } from '@mantine/core';
import type { ExportFormat } from '@/server/schemas/provenance';
import { ExportMenu } from '../components/ExportMenu';

const formats = {
  archive: 'Archive that Brine imports',
  'ro-crate': 'RO-Crate, Workflow Run profile',
  folder: 'Folder for people',
} as const satisfies Record<ExportFormat, string>;

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
      <Menu.Label>And what became of it</Menu.Label>
      <Menu.Item component="a" href={`/api/provenance/export?ids=${id}&descendants=1`} download>
        {formats.archive}
      </Menu.Item>
    </ExportMenu>
  );
}
