'use client';
import { ActionIcon, Menu, NativeSelect } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconDots, IconTrash } from '@tabler/icons-react';
import type { Cell, CellType } from '@/server/schemas/notebook/state';
import styles from './notebook.module.css';
import { useOpenNotebook } from './use-notebook';

const types = [
  { value: 'code', label: 'Code' },
  { value: 'markdown', label: 'Text' },
  { value: 'raw', label: 'Raw' },
];

/** What can be done with the active cell, at its upper right. */
export function CellTools({ cell, number }: { cell: Cell; number: number }) {
  const { commands } = useOpenNotebook();
  const button = (label: string, icon: React.ReactNode, act: () => void) => (
    <ActionIcon variant="subtle" color="gray" size={26} aria-label={label} title={label} onClick={act}>
      {icon}
    </ActionIcon>
  );
  return (
    <div className={styles.tools} role="toolbar" aria-label={`Cell ${number}`}>
      <NativeSelect
        size="xs"
        aria-label={`Type of cell ${number}`}
        data={types}
        value={cell.type}
        onChange={(event) => commands.setType(event.currentTarget.value as CellType)}
      />
      {button('Move the cell up', <IconArrowUp size={15} aria-hidden />, () => commands.moveUp())}
      {button('Move the cell down', <IconArrowDown size={15} aria-hidden />, () => commands.moveDown())}
      {button('Delete the cell', <IconTrash size={15} aria-hidden />, () => commands.delete())}
      <Menu position="bottom-end" shadow="md" transitionProps={{ duration: 100 }}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size={26} aria-label={`More for cell ${number}`}>
            <IconDots size={15} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => commands.runAbove()}>Run all above</Menu.Item>
          <Menu.Item onClick={() => commands.runBelow()}>Run it and all below</Menu.Item>
          <Menu.Divider />
          <Menu.Item onClick={() => commands.insertAbove()}>Insert a cell above</Menu.Item>
          <Menu.Item onClick={() => commands.insertBelow()}>Insert a cell below</Menu.Item>
          <Menu.Item onClick={() => commands.split()}>Split at the cursor</Menu.Item>
          <Menu.Item onClick={() => commands.merge()}>Merge with the next</Menu.Item>
          <Menu.Divider />
          <Menu.Item onClick={() => commands.copy()}>Copy</Menu.Item>
          <Menu.Item onClick={() => commands.cut()}>Cut</Menu.Item>
          <Menu.Item onClick={() => commands.paste()}>Paste below</Menu.Item>
          <Menu.Divider />
          <Menu.Item onClick={() => commands.toggleOutputs()}>Hide or show the output</Menu.Item>
          <Menu.Item onClick={() => commands.clearOutputs([cell.id])}>Clear the output</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
