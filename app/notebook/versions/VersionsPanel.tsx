'use client';
import { Drawer } from '@mantine/core';
import { useState } from 'react';
import type { VersionSummary } from '@/server/schemas/notebook/versions';
import { Notice } from '../../components/Notice';
import { SaveVersion } from './SaveVersion';
import { VersionDiff } from './VersionDiff';
import { VersionList } from './VersionList';

interface Props {
  isOpen: boolean;
  onClose: () => void;
}

/** What the notebook was: its versions, how each differs, and the way back to one. */
export function VersionsPanel({ isOpen, onClose }: Props) {
  const [chosen, setChosen] = useState<VersionSummary | null>(null);
  const [news, setNews] = useState<string | null>(null);
  const close = () => {
    setChosen(null);
    setNews(null);
    onClose();
  };
  return (
    <Drawer
      opened={isOpen}
      onClose={close}
      position="right"
      size="min(680px, 100%)"
      title="Versions"
      closeButtonProps={{ 'aria-label': 'Close the versions' }}
      transitionProps={{ duration: 100 }}
    >
      {news && (
        <Notice tone="calm" role="status">
          {news}
        </Notice>
      )}
      {chosen ? (
        <VersionDiff
          version={chosen}
          onBack={() => setChosen(null)}
          onRestored={() => {
            setChosen(null);
            setNews(
              'The notebook is as it was then. What stood there before is the newest version, and undo brings it back.',
            );
          }}
        />
      ) : (
        <>
          <SaveVersion onSaved={() => setNews(null)} />
          <VersionList onChoose={setChosen} />
        </>
      )}
    </Drawer>
  );
}
