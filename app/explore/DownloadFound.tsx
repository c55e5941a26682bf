'use client';
import { Button, Menu, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconDownload } from '@tabler/icons-react';
import { exportFormats, exportTitles } from '@/server/schemas/dataset-export';
import type { DatasetSummary } from '@/server/schemas/datasets';
import { type ExplorerState, writeState } from '@/server/schemas/explorer/explorer-state';
import { toOptimade } from '@/server/schemas/explorer/to-optimade';
import { CopyValue } from '../components/CopyValue';
import { Notice } from '../components/Notice';
import styles from './explore.module.css';

interface Props {
  dataset: DatasetSummary;
  state: ExplorerState;
  count: number;
}

/** What was found, in its order and with its columns, as a file; or as an address for programs. */
export function DownloadFound({ dataset, state, count }: Props) {
  const [isOpen, { open, close }] = useDisclosure(false);
  const search = writeState({ ...state, view: 'table', axes: { x: null, y: null, colour: null } });
  const hrefOf = (format: string) => `/api/datasets/${dataset.id}/export?format=${format}${search && `&${search}`}`;
  return (
    <>
      <Menu position="bottom-end" shadow="md" transitionProps={{ duration: 100 }}>
        <Menu.Target>
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<IconDownload size={15} aria-hidden />}
            disabled={count === 0}
          >
            Download
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {exportFormats.map((format) => (
            <Menu.Item key={format} component="a" href={hrefOf(format)} download>
              {exportTitles[format]}
            </Menu.Item>
          ))}
          <Menu.Item onClick={open}>OPTIMADE address of this query</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal
        opened={isOpen}
        onClose={close}
        title="This query for programs"
        size="lg"
        centered
        transitionProps={{ duration: 100 }}
      >
        <OptimadeAddress dataset={dataset} state={state} />
      </Modal>
    </>
  );
}

function OptimadeAddress({ dataset, state }: Omit<Props, 'count'>) {
  const { filter, sort, leftOut } = toOptimade(state.query, state.sort, dataset.properties);
  const query = new URLSearchParams({ ...(filter && { filter }), ...(sort && { sort }) }).toString();
  const address = `${window.location.origin}/optimade/${dataset.slug}/v1/structures${query && `?${query}`}`;
  return (
    <div className={styles.address}>
      <p>The address answers as any OPTIMADE server does; a program bears a token, see Access.</p>
      <CopyValue value={address} name="the address">
        <code>{address}</code>
      </CopyValue>
      {filter && (
        <>
          <p>The filter by itself:</p>
          <CopyValue value={filter} name="the filter">
            <code>{filter}</code>
          </CopyValue>
        </>
      )}
      {leftOut.length > 0 && (
        <Notice tone="warn">
          OPTIMADE has no words for {[...new Set(leftOut)].join(', ')}: that part of the query is not in the address.
        </Notice>
      )}
    </div>
  );
}
