'use client';
import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconDownload } from '@tabler/icons-react';
import type { ExportFormat } from '@/server/schemas/provenance';

const formats = {
  archive: 'Archive that Brine imports',
  'ro-crate': 'RO-Crate, Workflow Run profile',
  folder: 'Folder for people',
} as const satisfies Record<ExportFormat, string>;

/** A node with all it comes from, and with what became of it, as a file. */
export function ExportMenu({ id }: { id: string }) {
  return (
    <Menu position="bottom-end" shadow="md" transitionProps={{ duration: 100 }}>
      <Menu.Target>
        <Button
          variant="default"
          leftSection={<IconDownload size={17} stroke={1.7} aria-hidden />}
          rightSection={<IconChevronDown size={15} aria-hidden />}
        >
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
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
      </Menu.Dropdown>
    </Menu>
  );
}
