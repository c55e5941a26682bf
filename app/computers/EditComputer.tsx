'use client';
import { Button, NumberInput, SegmentedControl, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import type { ComputerDetail } from '@/server/schemas/computers';
import { messageOf, useTRPC } from '../_trpc/client';
import { ButtonLink } from '../components/ButtonLink';
import shared from '../components/list-detail.module.css';
import { Notice } from '../components/Notice';
import { type ComputerForm, emptyForm, toForm, toNewComputer } from './computer-form';
import styles from './computers.module.css';

/** The form for another computer, or for changing one; what it needs to run is tested next. */
export function EditComputer({ computer = null }: { computer?: ComputerDetail | null }) {
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const [form, setForm] = useState<ComputerForm>(computer ? toForm(computer) : emptyForm);
  const set = (changes: Partial<ComputerForm>) => setForm((before) => ({ ...before, ...changes }));
  const onSuccess = async ({ id }: ComputerDetail) => {
    await queryClient.invalidateQueries(trpc.computers.pathFilter());
    router.push(`/computers?computer=${id}`);
  };
  const add = useMutation(trpc.computers.add.mutationOptions({ onSuccess }));
  const update = useMutation(trpc.computers.update.mutationOptions({ onSuccess }));
  const { error, isPending } = computer ? update : add;
  const field = (
    key: TextKey,
    label: string,
    rest: { description?: string; placeholder?: string; isNeeded?: boolean } = {},
  ) => (
    <TextInput
      label={label}
      description={rest.description}
      placeholder={rest.placeholder}
      required={rest.isNeeded}
      withAsterisk={false}
      autoComplete="off"
      spellCheck={false}
      value={form[key]}
      onChange={(event) => set({ [key]: event.currentTarget.value })}
    />
  );
  const hasKey = computer?.hasStoredKey ?? false;
  const isSsh = form.transport === 'ssh';
  const isSlurm = form.scheduler === 'slurm';
  return (
    <form
      className={styles.form}
      aria-labelledby="add-title"
      onSubmit={(event) => {
        event.preventDefault();
        if (computer) update.mutate({ ...toNewComputer(form, computer), id: computer.id });
        else add.mutate(toNewComputer(form));
      }}
    >
      <h2 id="add-title" className={shared.title}>
        {computer ? `Change ${computer.name}` : 'Add a computer'}
      </h2>
      {computer?.isEnabled && (
        <p className="soft">What its test looked at is tested anew before it takes jobs again.</p>
      )}
      {field('name', 'Name', { placeholder: 'Cluster', isNeeded: true })}
      <Choice label="How it is reached">
        <SegmentedControl
          aria-label="How it is reached"
          value={form.transport}
          onChange={(transport) =>
            set({ transport, ...(transport === 'local' ? { scheduler: 'slurm' as const } : {}) })
          }
          data={[
            { value: 'ssh', label: 'Over SSH' },
            { value: 'local', label: 'This machine' },
          ]}
        />
      </Choice>
      {isSsh && (
        <>
          <div className={styles.row}>
            {field('host', 'Host', { placeholder: 'login.example.org', isNeeded: true })}
            {field('user', 'User', { isNeeded: true })}
            <NumberInput
              label="Port"
              value={form.port}
              onChange={(port) => set({ port: Number(port) })}
              min={1}
              max={65535}
            />
          </div>
          {field('jump', 'Jump host', {
            description: 'user@host or user@host:port, where the host is reached through another',
            placeholder: 'none',
          })}
          <Choice label="Key">
            <SegmentedControl
              aria-label="Key"
              value={form.keyKind}
              onChange={(keyKind) => set({ keyKind })}
              data={[
                { value: 'file', label: 'A file here' },
                { value: 'stored', label: 'Keep it encrypted' },
                { value: 'agent', label: 'SSH agent' },
              ]}
            />
          </Choice>
          {form.keyKind === 'file' &&
            field('keyPath', 'Path of the private key', {
              description: 'On the machine of the platform',
              isNeeded: true,
            })}
          {form.keyKind === 'stored' && (
            <Textarea
              label="Private key"
              description={
                hasKey ? 'One is stored; leave this empty to keep it' : 'Stored encrypted; it is never shown again'
              }
              required={!hasKey}
              withAsterisk={false}
              autosize
              minRows={3}
              maxRows={8}
              spellCheck={false}
              value={form.privateKey}
              onChange={(event) => set({ privateKey: event.currentTarget.value })}
              styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12 } }}
            />
          )}
          {form.keyKind !== 'agent' && (
            <TextInput
              label="Passphrase"
              type="password"
              description={hasKey ? 'Empty: as it was' : 'Where the key has one'}
              autoComplete="off"
              value={form.passphrase}
              onChange={(event) => set({ passphrase: event.currentTarget.value })}
            />
          )}
        </>
      )}
      {isSsh && (
        <Choice label="Scheduler">
          <SegmentedControl
            aria-label="Scheduler"
            value={form.scheduler}
            onChange={(scheduler) => set({ scheduler })}
            data={[
              { value: 'slurm', label: 'Slurm' },
              { value: 'direct', label: 'None' },
            ]}
          />
        </Choice>
      )}
      {isSlurm && (
        <>
          <div className={styles.row}>
            {field('partition', 'Partition', { placeholder: 'the default one' })}
            {field('account', 'Account')}
            {field('qos', 'QOS')}
          </div>
          <Textarea
            label="More options for sbatch"
            description="One a line, as --constraint=icelake"
            autosize
            minRows={1}
            spellCheck={false}
            value={form.extraLines}
            onChange={(event) => set({ extraLines: event.currentTarget.value })}
          />
        </>
      )}
      <div className={styles.row}>
        <NumberInput
          label={isSlurm ? 'Cores of a job, at most' : 'Cores for jobs'}
          value={form.cores}
          onChange={(cores) => set({ cores: Number(cores) })}
          min={1}
        />
        <NumberInput
          label="Memory (GB)"
          value={form.memoryGb}
          onChange={(memoryGb) => set({ memoryGb: Number(memoryGb) })}
          min={0.1}
        />
        <NumberInput
          label="Jobs at a time"
          placeholder={isSlurm ? '50' : 'as fit'}
          value={form.jobsMax ?? ''}
          onChange={(jobsMax) => set({ jobsMax: jobsMax === '' ? null : Number(jobsMax) })}
          min={1}
        />
      </div>
      <div className={styles.row}>
        {field('workFolder', 'Work folder', { description: 'A relative one begins at the home folder' })}
        {field('node', 'Node', { description: 'Its name or path there; 20.19 or newer' })}
      </div>
      {field('modules', 'Modules', { description: 'Loaded before each job, separated by blanks' })}
      <Textarea
        label="Lines before each job"
        description="Shell, run as they are"
        autosize
        minRows={1}
        spellCheck={false}
        value={form.prependText}
        onChange={(event) => set({ prependText: event.currentTarget.value })}
      />
      {error && (
        <Notice tone="bad" role="alert">
          {messageOf(error)}
        </Notice>
      )}
      <div className={styles.buttons}>
        <Button type="submit" loading={isPending}>
          {computer ? 'Save' : 'Add it, then test'}
        </Button>
        <ButtonLink href={computer ? `/computers?computer=${computer.id}` : '/computers'} variant="default">
          {computer ? 'Leave it as it is' : 'Leave it'}
        </ButtonLink>
      </div>
    </form>
  );
}

type TextKey = {
  [Key in keyof ComputerForm]: ComputerForm[Key] extends string ? Key : never;
}[keyof ComputerForm];

function Choice({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={styles.choice}>
      <span className={styles.label} aria-hidden>
        {label}
      </span>
      {children}
    </div>
  );
}
