import type { ComputerDetail, NewComputer } from '@/server/schemas/computers';

/** What stands in the fields of the form. */
export interface ComputerForm {
  name: string;
  transport: 'ssh' | 'local';
  host: string;
  port: number;
  user: string;
  jump: string;
  keyKind: 'file' | 'stored' | 'agent';
  keyPath: string;
  privateKey: string;
  passphrase: string;
  scheduler: 'slurm' | 'direct';
  partition: string;
  account: string;
  qos: string;
  extraLines: string;
  cores: number;
  memoryGb: number;
  jobsMax: number | null;
  workFolder: string;
  node: string;
  modules: string;
  prependText: string;
}

export const emptyForm: ComputerForm = {
  ...{
    name: '',
    transport: 'ssh',
    host: '',
    port: 22,
    user: '',
    jump: '',
    keyKind: 'file',
    keyPath: '~/.ssh/id_ed25519',
  },
  ...{ privateKey: '', passphrase: '', scheduler: 'slurm', partition: '', account: '', qos: '', extraLines: '' },
  ...{ cores: 16, memoryGb: 32, jobsMax: null, workFolder: 'brine', node: 'node', modules: '', prependText: '' },
};

/** A computer as the form shows it; keys are never told. */
export function toForm({ name, settings, cores, memoryBytes, jobsMax }: ComputerDetail): ComputerForm {
  const { transport, scheduler, workFolder, node, prependText } = settings;
  return {
    ...emptyForm,
    ...{ name, cores, memoryGb: memoryBytes / 1e9, jobsMax, workFolder, node, prependText },
    modules: settings.modules.join(' '),
    transport: transport.kind,
    ...(transport.kind === 'ssh'
      ? {
          ...{ host: transport.host, port: transport.port, user: transport.user, keyKind: transport.key.kind },
          jump: transport.jump ? `${transport.jump.user}@${transport.jump.host}:${transport.jump.port}` : '',
          keyPath: transport.key.kind === 'file' ? transport.key.path : emptyForm.keyPath,
        }
      : {}),
    scheduler: scheduler.kind,
    ...(scheduler.kind === 'slurm'
      ? {
          ...{ partition: scheduler.partition ?? '', account: scheduler.account ?? '', qos: scheduler.qos ?? '' },
          extraLines: scheduler.extraLines.join('\n'),
        }
      : {}),
  };
}

/** What the form says, with what it does not show as it was before; what is wrong in it is told by the server, with its name. */
export function toNewComputer(form: ComputerForm, before: ComputerDetail | null = null): NewComputer {
  const words = (text: string, separator: RegExp) =>
    text
      .split(separator)
      .map((word) => word.trim())
      .filter(Boolean);
  const { workFolder, node, prependText } = form;
  return {
    name: form.name,
    description: before?.description ?? '',
    cores: form.cores,
    memoryBytes: Math.round(form.memoryGb * 1e9),
    jobsMax: form.jobsMax,
    privateKey: form.transport === 'ssh' && form.keyKind === 'stored' ? form.privateKey || null : null,
    passphrase: form.transport === 'ssh' && form.passphrase ? form.passphrase : null,
    settings: {
      ...before?.settings,
      transport: form.transport === 'local' ? { kind: 'local' } : { kind: 'ssh', ...sshOf(form) },
      scheduler:
        form.scheduler === 'direct'
          ? { kind: 'direct' }
          : {
              kind: 'slurm',
              partition: form.partition.trim() || null,
              account: form.account.trim() || null,
              qos: form.qos.trim() || null,
              extraLines: words(form.extraLines, /\n/),
            },
      ...{ workFolder, node, prependText },
      modules: words(form.modules, /\s+/),
    },
  };
}

function sshOf({ host, port, user, jump, keyKind, keyPath }: ComputerForm) {
  return {
    ...{ host: host.trim(), port, user: user.trim() },
    jump: jump.trim() ? hopOf(jump.trim(), user.trim()) : null,
    key: keyKind === 'file' ? ({ kind: 'file', path: keyPath } as const) : ({ kind: keyKind } as const),
  };
}

/** "ada@gate.example.org:2222"; the user is the same where none is named. */
function hopOf(text: string, user: string) {
  const [, named, host, port] = /^(?:([^@]+)@)?(.+?)(?::(\d+))?$/.exec(text) ?? [];
  return { host: host ?? text, user: named ?? user, port: port ? Number(port) : 22 };
}
