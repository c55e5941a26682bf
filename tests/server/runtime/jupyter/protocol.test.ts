import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { Channels } from '@/server/runtime/jupyter/channels';
import { dialects } from './dialects';
import { type Heard, specOf, startKernel, startOwnKernel, temporaryFolder, textOf } from './kernel';

// Connection files are made here, so that the test finds them.
process.env.TMPDIR = temporaryFolder();

describe.each(dialects)('$kernel', (dialect) => {
  const { kernel, faults } = dialect;
  const isThere = specOf(kernel) !== null;
  const because = isThere ? '' : ` (skipped: ${kernel} is not installed)`;
  /** A case in which the kernel has a fault of its own, told in its name. */
  const named = (name: string, fault?: string) => `${name}${fault ? `, but ${fault}` : ''}${because}`;
  let shared: Heard;

  describe.skipIf(!isThere)(`in one session${because}`, () => {
    beforeAll(async () => {
      shared = await startKernel(kernel);
    });
    afterAll(() => shared?.runtime.shutdown());

    test('tells who it is, and its heart beats', async () => {
      expect(shared.runtime.info.implementation).toBe(dialect.implementation);
      expect(shared.runtime.info.language_info.name).toBe(dialect.language);
      expect(shared.runtime.info.protocol_version).toMatch(/^5\./);
      const beats = await Promise.all([shared.runtime.isResponsive(), shared.runtime.isResponsive()]);
      expect(beats).toEqual([true, true]);
    });

    test('tells that it is busy, the input, and that it is idle, in this order and once each', async () => {
      await shared.runtime.execute(dialect.assign, { id: 'order' });
      const told = shared.messages.filter(({ parentId }) => parentId === 'order');
      expect(told.map(({ type, content }) => content.execution_state ?? type)).toEqual([
        'busy',
        'execute_input',
        'idle',
      ]);
      expect(told[1]!.content).toMatchObject({ code: dialect.assign, execution_count: 1 });
    });

    test('counts executions and gives results', async () => {
      const { reply, said } = await shared.run(dialect.result.code);
      expect(reply).toMatchObject({ status: 'ok', executionCount: 2, error: null });
      expect(said.map(({ type }) => type)).toEqual(['execute_result']);
      expect(said[0]!.content).toMatchObject({ execution_count: 2 });
      expect(textOf(said)).toMatch(dialect.result.text);
    });

    test('keeps the two streams apart', async () => {
      const { said } = await shared.run(dialect.printBoth);
      expect(said.map(({ type, content }) => [type, content.name, content.text])).toEqual([
        ['stream', 'stdout', 'to out\n'],
        ['stream', 'stderr', 'to err\n'],
      ]);
    });

    test(named('tells what a program says that the cell runs', faults.programs), async () => {
      const from = shared.messages.length;
      await shared.run(dialect.runProgram);
      // It goes another way, and may come after the cell has ended.
      if (faults.programs) await new Promise((resolve) => setTimeout(resolve, 500));
      const text = () =>
        shared.messages
          .slice(from)
          .map(({ type, content }) => (type === 'stream' ? content.text : ''))
          .join('');
      await vi.waitFor(() => expect(text()).toBe(faults.programs ? '' : 'of a program\n'));
    });

    test('output of twenty million characters comes whole, or the cell says that some was lost; the next one is heard', async () => {
      const { reply, said } = await shared.run(dialect.printLong(20_000_000));
      expect(reply.status).toBe('ok');
      const text = said.map(({ content }) => content.text ?? '').join('');
      expect(text.length > 20_000_000 || /Some of this output was lost/.test(text)).toBe(true);
      const { said: next } = await shared.run(dialect.printLines(3));
      expect(next.map(({ content }) => content.text).join('')).toBe('0\n1\n2\n');
    });

    test('loses no line of many, and is done only when the last has come', async () => {
      const count = 5_000;
      const { said } = await shared.run(dialect.printLines(count));
      const text = said.map(({ content }) => content.text).join('');
      expect(text).toBe(Array.from({ length: count }, (_, line) => `${line}\n`).join(''));
    });

    test('tells an error with its name, its message and its trace, in the reply and to all', async () => {
      const { name, message, trace, code } = dialect.error;
      const { reply, said } = await shared.run(code);
      expect(reply).toMatchObject({ status: 'error', error: { ename: name, evalue: message } });
      expect(said.map(({ type }) => type)).toEqual(['error']);
      expect(said[0]!.content).toMatchObject({ ename: name, evalue: message, traceback: reply.error!.traceback });
      expect(reply.error!.traceback.join('\n')).toMatch(trace);
    });

    test('shows a bundle of media types', async () => {
      const { said } = await shared.run(dialect.display);
      expect(said.map(({ type, content }) => [type, content.data])).toEqual([
        ['display_data', { 'text/plain': 'plain', 'text/html': '<b>rich</b>', 'application/json': { a: [1] } }],
      ]);
    });

    test('updates a display in place by its id', async () => {
      const { said } = await shared.run(dialect.updateDisplay);
      expect(said.map(({ type, content: { data, transient } }) => ({ type, data, transient }))).toEqual([
        { type: 'display_data', data: { 'text/plain': 'first' }, transient: { display_id: 'bar' } },
        { type: 'update_display_data', data: { 'text/plain': 'second' }, transient: { display_id: 'bar' } },
      ]);
    });

    test('clears its output', async () => {
      const { said } = await shared.run(dialect.clear);
      expect(said.map(({ type, content }) => [type, content.wait])).toEqual([['clear_output', true]]);
    });

    test('completes after text of two bytes and of two UTF-16 units, at the right place', async () => {
      const { before, name, prefix } = dialect.completion;
      const code = `${before}${prefix} // after`;
      const { matches, start, end } = await shared.runtime.complete(code, before.length + prefix.length);
      const completed = matches.map((match) => code.slice(0, start) + match);
      expect(completed).toContain(`${before}${name}`);
      expect(end).toBe(before.length + prefix.length);
    });

    test(named('inspects a name', faults.inspection), async () => {
      await shared.run(dialect.assign);
      const { found, data } = await shared.runtime.inspect(dialect.assign, dialect.assign.indexOf('kept') + 2);
      expect(found).toBe(!faults.inspection);
      if (found) expect(String(data['text/plain'])).toContain('41');
    });

    test('knows whether code is complete', async () => {
      expect((await shared.runtime.isComplete(dialect.isComplete.complete)).status).toBe('complete');
      expect((await shared.runtime.isComplete(dialect.isComplete.incomplete)).status).toBe('incomplete');
    });

    test(named('remembers what ran, save what was not to be kept', faults.history), async () => {
      await shared.run('1111');
      await shared.run('2222', { storeHistory: false });
      const history = await shared.runtime.history(2);
      if (faults.history) expect(history).toEqual([]);
      else expect(history.at(-1)).toBe('1111');
    });

    test('does not count what is not to be kept', async () => {
      const { reply: first } = await shared.run('1');
      await shared.run('2', { storeHistory: false });
      const { reply: next } = await shared.run('3');
      expect(next.executionCount).toBe(first.executionCount! + 1);
    });

    test(named('says nothing of what runs in silence', faults.silence), async () => {
      const { reply: before } = await shared.run('1');
      await shared.runtime.execute(dialect.result.code.split(/[;\n]/).at(-1)!, { silent: true, id: 'silent' });
      const types = shared.messages.filter(({ parentId }) => parentId === 'silent').map(({ type }) => type);
      expect(types.filter((type) => type !== 'status')).toEqual(faults.silence ? ['execute_input'] : []);
      expect((await shared.run('1')).reply.executionCount).toBe(before.executionCount! + 1);
    });

    test('asks for input, takes the answer, and its heart beats while it waits', async () => {
      const asked = shared.next('input_request');
      const run = shared.run(dialect.input, { allowStdin: true });
      expect((await asked).content).toMatchObject({ prompt: expect.stringContaining('Your name?'), password: false });
      expect(await shared.runtime.isResponsive()).toBe(true);
      shared.runtime.answerInput('Ångström 𝒜');
      expect(textOf((await run).said)).toContain('Ångström 𝒜');
    });

    test('does not wait for input where nobody can be asked', async () => {
      const { said } = await shared.run(dialect.input, { allowStdin: false });
      expect(said.some(({ type }) => type === 'input_request')).toBe(false);
    });

    test(named('evaluates expressions beside the code', faults.userExpressions), async () => {
      const { reply } = await shared.run('1', { userExpressions: { sum: '40 + 2' } });
      if (faults.userExpressions) expect(reply.userExpressions).toEqual({});
      else expect(reply.userExpressions).toMatchObject({ sum: { status: 'ok', data: { 'text/plain': '42' } } });
    });

    test(named('skips what was queued behind an error', faults.queueAfterError), async () => {
      const failing = shared.run(dialect.error.code, { stopOnError: true });
      const behind = shared.run('1');
      expect((await failing).reply.status).toBe('error');
      expect((await behind).reply.status).toBe(faults.queueAfterError ? 'ok' : 'aborted');
      await vi.waitFor(async () => expect((await shared.run('1')).reply.status).toBe('ok'));
    });

    test(named('passes comms through, with their buffers', faults.comms), async () => {
      if (faults.comms) {
        const closed = shared.next('comm_close');
        shared.runtime.commOpen('one', 'echo', {});
        expect((await closed).content).toMatchObject({ comm_id: 'one' });
        expect(await shared.runtime.commInfo()).toEqual({});
        return;
      }
      await shared.run(
        'def opened(comm, message):\n    comm.on_msg(lambda m: comm.send({"got": m["content"]["data"]}, buffers=[bytes(m["buffers"][0])]))\nget_ipython().kernel.comm_manager.register_target("echo", opened)',
      );
      shared.runtime.commOpen('one', 'echo', {});
      const answer = shared.next('comm_msg');
      shared.runtime.commMessage('one', { value: 7 }, [Uint8Array.of(0, 200)]);
      const { content, buffers } = await answer;
      expect(content).toMatchObject({ comm_id: 'one', data: { got: { value: 7 } } });
      expect([...buffers[0]!]).toEqual([0, 200]);
      expect(await shared.runtime.commInfo()).toEqual({ one: 'echo' });
      shared.runtime.commClose('one');
      await vi.waitFor(async () => expect(await shared.runtime.commInfo()).toEqual({}));
    });

    test('an endless loop is interrupted, and the variables are kept', async () => {
      await shared.run(dialect.assign);
      const loop = shared.run(dialect.loop);
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(await shared.runtime.interrupt()).toEqual({ hasRestarted: false });
      const { reply, said } = await loop;
      expect(reply.error!.ename).toMatch(/^(KeyboardInterrupt|Interrupted)$/);
      expect(said.map(({ type }) => type)).toEqual(['error']);
      expect(textOf((await shared.run(dialect.read)).said)).toBe('42');
    });

    test('an interrupt stops what runs, not what waits behind it', async () => {
      const loop = shared.run(dialect.loop);
      const behind = shared.run(dialect.read);
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(await shared.runtime.interrupt()).toEqual({ hasRestarted: false });
      expect((await loop).reply.status).toBe('error');
      expect(textOf((await behind).said)).toBe('42');
    });

    test('an interrupt where nothing runs does no harm', async () => {
      await shared.runtime.interrupt();
      expect(textOf((await shared.run(dialect.read)).said)).toBe('42');
    });

    test('a message signed with another key is not acted on', async () => {
      const folders = readdirSync(tmpdir()).filter((name) => name.startsWith('brine-kernel-'));
      expect(folders).toHaveLength(1);
      const folder = join(tmpdir(), folders[0]!, 'kernel');
      const file = join(folder, 'connection.json');
      expect(statSync(file).mode & 0o777).toBe(0o600);
      expect(statSync(join(folder, '..')).mode & 0o777).toBe(0o700);
      const { transport, ip, shell_port, iopub_port, control_port, stdin_port, hb_port, key } = JSON.parse(
        readFileSync(file, 'utf8'),
      );
      const ports = { shell: shell_port, iopub: iopub_port, control: control_port, stdin: stdin_port, hb: hb_port };
      const base = transport === 'ipc' ? join(folder, 'socket') : ip;
      const heard: string[] = [];
      const channelsWith = (usedKey: string) =>
        Channels.open(
          {
            ...{ key: usedKey, folder: '', temporaryFolder: '', sharedMemoryFolder: '', remove: () => undefined },
            addressOf: (channel) =>
              transport === 'ipc' ? `ipc://${base}-${ports[channel]}` : `tcp://${base}:${ports[channel]}`,
          },
          (_, { type }) => heard.push(type),
        );
      const content = {
        code: dialect.writeFile('forged'),
        silent: false,
        store_history: true,
        allow_stdin: false,
        stop_on_error: true,
      };
      const forger = await channelsWith(`${key.slice(1)}0`);
      await forger.send('shell', { type: 'execute_request', content });
      await new Promise((resolve) => setTimeout(resolve, 500));
      // What the kernel says of others it signs with its own key: the forger hears none of that either.
      await shared.run('1');
      forger.close();
      expect(heard).toEqual([]);
      expect(existsSync(join(shared.runtime.folder, 'forged'))).toBe(false);
      const right = await channelsWith(key);
      await right.send('shell', { type: 'execute_request', content });
      await vi.waitFor(() => expect(existsSync(join(shared.runtime.folder, 'forged'))).toBe(true), 5_000);
      right.close();
    });
  });

  describe.skipIf(!isThere)(`from start to end${because}`, () => {
    test(named('a cell that waits is interrupted', faults.interruptOfWaiting), async () => {
      const { runtime, run, exits } = await startOwnKernel(kernel);
      const waiting = run(dialect.sleep).then(
        ({ reply }) => reply.status,
        (err) => err.message,
      );
      await new Promise((resolve) => setTimeout(resolve, 300));
      const { hasRestarted } = await runtime.interrupt();
      expect(hasRestarted).toBe(Boolean(faults.interruptOfWaiting));
      expect(await waiting).toBe(hasRestarted ? 'The kernel ended before it answered.' : 'error');
      expect((await run('1')).reply.status).toBe('ok');
      expect(exits).toEqual([]);
    });

    test('after a restart nothing is left of before', async () => {
      const { runtime, run, exits } = await startOwnKernel(kernel);
      await run(dialect.assign);
      const running = run(dialect.loop).then(
        () => 'done',
        (err) => err.message,
      );
      await runtime.restart();
      expect(await running).toBe('The kernel ended before it answered.');
      const { reply } = await run(dialect.read);
      expect(reply).toMatchObject({ status: 'error', executionCount: 1 });
      expect(exits).toEqual([]);
    });

    test('a shutdown leaves no process and no file of ours', async () => {
      const { runtime, run, exits } = await startKernel(kernel);
      await run(dialect.startChild);
      expect(processesOf(runtime.pid).length).toBeGreaterThan(1);
      await runtime.shutdown();
      await vi.waitFor(() => expect(processesOf(runtime.pid)).toEqual([]), 2_000);
      expect(readdirSync(tmpdir()).filter((name) => name.startsWith('brine-kernel-'))).toHaveLength(0);
      expect(exits).toEqual([]);
      await expect(run('1')).rejects.toThrow('ended');
      await runtime.shutdown();
    });

    test('a kernel that is killed is told, and what ran rejects', async () => {
      const { runtime, run, exits } = await startOwnKernel(kernel);
      const running = expect(run(dialect.loop)).rejects.toThrow('The kernel ended before it answered.');
      await new Promise((resolve) => setTimeout(resolve, 300));
      process.kill(processesOf(runtime.pid).at(-1)!, 'SIGKILL');
      await running;
      expect(exits).toEqual([{ exitCode: null, signal: 'SIGKILL', reason: null }]);
      await runtime.restart();
      expect((await run('1')).reply.status).toBe('ok');
    });
  });
});

/** A process and what descends from it, parents first. */
function processesOf(pid: number): number[] {
  const { stdout } = spawnSync('ps', ['-eo', 'pid=,ppid=,pgid=,stat='], { encoding: 'utf8' });
  const rows = stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/));
  const found: number[] = [];
  for (const [own, parent, group, state] of rows)
    if (!state!.startsWith('Z') && (Number(own) === pid || Number(group) === pid || found.includes(Number(parent))))
      found.push(Number(own));
  return found;
}
