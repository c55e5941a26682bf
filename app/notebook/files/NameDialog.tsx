'use client';
import { Button, Group, Modal, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';

interface Props {
  title: string;
  isOpen: boolean;
  name: string;
  onClose: () => void;
  onName: (name: string) => void;
}

/** Asks for the name of a file or folder. */
export function NameDialog({ title, isOpen, name, onClose, onName }: Props) {
  const [value, setValue] = useState(name);
  useEffect(() => {
    if (isOpen) setValue(name);
  }, [isOpen, name]);
  return (
    <Modal opened={isOpen} onClose={onClose} title={title} centered transitionProps={{ duration: 100 }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (value.trim() !== '') onName(value);
        }}
      >
        <TextInput
          label="Name"
          data-autofocus
          maxLength={255}
          value={value}
          onChange={(event) => setValue(event.currentTarget.value)}
        />
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={value.trim() === ''}>
            {name === '' ? 'Make it' : 'Rename'}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
