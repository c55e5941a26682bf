'use client';
import { ActionIcon, Button, Menu, Tooltip } from '@mantine/core';
import {
  IconAppWindow,
  IconArrowBackUp,
  IconArrowForwardUp,
  IconCheck,
  IconChevronDown,
  IconDownload,
  IconFolder,
  IconHistory,
  IconKeyboard,
  IconListTree,
  IconPlayerPlayFilled,
  IconPlayerSkipForwardFilled,
  IconPlayerStopFilled,
  IconRefreshDot,
  IconRotateClockwise,
  IconSearch,
  IconVariable,
} from '@tabler/icons-react';
import { useState } from 'react';
import type { exportFormats } from '@/server/schemas/notebook/notebooks';
import { messageOf, useTRPCClient } from '../_trpc/client';
import { PublishDialog } from '../apps/PublishDialog';
import { ConfirmDialog } from '../components/ConfirmDialog';
import { download } from '../components/download';
import { FilesPanel } from './files/FilesPanel';
import { KernelBadge } from './KernelBadge';
import styles from './notebook.module.css';
import { SaveState } from './SaveState';
import type { PanelTab } from './SidePanel';
import { useNotebook, useOpenNotebook } from './use-notebook';
import { VersionsPanel } from './versions/VersionsPanel';

const downloads = [
  ['ipynb', 'Download .ipynb'],
  ['script', 'Download as a program'],
  ['markdown', 'Download as Markdown'],
  ['html', 'Download as a page (HTML)'],
] as const;

const mediaTypes = {
  ipynb: 'application/x-ipynb+json',
  script: 'text/plain',
  markdown: 'text/markdown',
  html: 'text/html',
} as const satisfies Record<(typeof exportFormats)[number], string>;

interface Props {
  name: string;
  onFault: (fault: string) => void;
  onPanel: (tab: PanelTab) => void;
}

/** Running, the kernel, and the notebook as a whole. */
export function Toolbar({ name, onFault, onPanel }: Props) {
  const { client, commands } = useOpenNotebook();
  const trpc = useTRPCClient();
  const isRunning = useNotebook((state) => state.running !== null || state.queue.length > 0);
  const staleCount = useNotebook(() => client.stale.size);
  const isAutomatic = useNotebook((state) => state.isAutomatic === true);
  const [isRestarting, setIsRestarting] = useState(false);
  const [isPublishing, setIsPublishing] = useState(false);
  const [panel, setPanel] = useState<'versions' | 'files' | null>(null);
  const tool = (label: string, icon: React.ReactNode, act: () => void, isOff = false) => (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" size={32} aria-label={label} onClick={act} disabled={isOff}>
        {icon}
      </ActionIcon>
    </Tooltip>
  );
  const save = async (format: (typeof exportFormats)[number]) => {
    try {
      await client.send();
      const { fileName, text } = await trpc.notebooks.export.query({ id: client.id, format });
      download(fileName, text, mediaTypes[format]);
    } catch (err) {
      onFault(messageOf(err));
    }
  };
  return (
    <div className={styles.toolbar} role="toolbar" aria-label="Notebook">
      <Button
        size="compact-sm"
        leftSection={<IconPlayerPlayFilled size={13} aria-hidden />}
        onClick={() => commands.runAndAdvance()}
      >
        Run
      </Button>
      {tool('Run all cells', <IconPlayerSkipForwardFilled size={17} aria-hidden />, () => commands.runAll())}
      {tool(
        staleCount === 0 ? 'Run stale cells: none is stale' : 'Run stale cells',
        <IconRefreshDot size={18} aria-hidden />,
        () => commands.runStale(),
        staleCount === 0,
      )}
      {tool(
        'Interrupt the kernel',
        <IconPlayerStopFilled size={17} aria-hidden />,
        () => commands.interrupt(),
        !isRunning,
      )}
      {tool('Restart the kernel', <IconRotateClockwise size={17} aria-hidden />, () => setIsRestarting(true))}
      {tool('Undo a change of cells', <IconArrowBackUp size={17} aria-hidden />, () => commands.undo())}
      {tool('Redo it', <IconArrowForwardUp size={17} aria-hidden />, () => commands.redo())}
      {tool('Contents', <IconListTree size={17} aria-hidden />, () => onPanel('contents'))}
      {tool('Variables', <IconVariable size={18} aria-hidden />, () => onPanel('variables'))}
      {tool('Find and replace', <IconSearch size={17} aria-hidden />, () => commands.find())}
      {tool('Files', <IconFolder size={17} aria-hidden />, () => setPanel('files'))}
      {tool('Versions', <IconHistory size={17} aria-hidden />, () => setPanel('versions'))}
      {tool('Keys', <IconKeyboard size={18} aria-hidden />, () => commands.showKeys())}
      <Menu position="bottom-start" shadow="md" transitionProps={{ duration: 100 }}>
        <Menu.Target>
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            rightSection={<IconChevronDown size={14} aria-hidden />}
          >
            More
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => commands.runAbove()}>Run all above the active cell</Menu.Item>
          <Menu.Item onClick={() => commands.runBelow()}>Run the active cell and all below</Menu.Item>
          <Menu.Item
            leftSection={isAutomatic ? <IconCheck size={16} aria-hidden /> : <span className={styles.noCheck} />}
            onClick={() => commands.setAutomatic(!isAutomatic)}
          >
            Run cells by themselves when a name they use is given anew
            <span className="visually-hidden">{isAutomatic ? ', on' : ', off'}</span>
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item onClick={() => commands.clearOutputs(null)}>Clear all outputs</Menu.Item>
          <Menu.Divider />
          <Menu.Item
            leftSection={<IconAppWindow size={16} aria-hidden />}
            onClick={() => void client.send().then(() => setIsPublishing(true))}
          >
            Publish as an app
          </Menu.Item>
          <Menu.Divider />
          {downloads.map(([format, label]) => (
            <Menu.Item
              key={format}
              leftSection={<IconDownload size={16} aria-hidden />}
              onClick={() => void save(format)}
            >
              {label}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <span className={styles.toolbarEnd}>
        {isAutomatic && (
          <span className={styles.automatic} title="After a cell has run, the cells that use its names run too.">
            Runs by itself
          </span>
        )}
        <SaveState />
        <KernelBadge />
      </span>
      <PublishDialog id={client.id} name={name} isOpen={isPublishing} onClose={() => setIsPublishing(false)} />
      <FilesPanel isOpen={panel === 'files'} onClose={() => setPanel(null)} />
      <VersionsPanel isOpen={panel === 'versions'} onClose={() => setPanel(null)} />
      <ConfirmDialog
        isOpen={isRestarting}
        onClose={() => setIsRestarting(false)}
        title="Restart the kernel?"
        no="Keep it"
        yes="Restart"
        act={{
          mutate: () => {
            setIsRestarting(false);
            commands.restart();
          },
          isPending: false,
          error: null,
        }}
      >
        Its variables are lost; cells and outputs stay. What runs or waits is ended.
      </ConfirmDialog>
    </div>
  );
}
