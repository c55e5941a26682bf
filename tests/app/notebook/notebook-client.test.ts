import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { Commands } from '@/app/notebook/commands';
import { NotebookClient, TYPED } from '@/app/notebook/notebook-client';
import { SelectionStore } from '@/app/notebook/selection';
import { apply } from '@/server/schemas/notebook/apply';
import type { NotebookMessage, NumberedOperation, SentOperations } from '@/server/schemas/notebook/operations';
import { emptyCell, emptyState, type NotebookState } from '@/server/schemas/notebook/state';
import { applyUpdate, encodeDocument, sourceOf, textOf } from '@/server/schemas/notebook/text';

/** Orders what pages send as the server does; answers can be held back, lost, and forgotten as by a crash. */
class Order {
  state: NotebookState = { ...emptyState('deno'), order: ['a'], cells: { a: emptyCell('a', 'code') } };
  doc = new Y.Doc();
  epoch = crypto.randomUUID();
  pages: NotebookClient[] = [];
  isAway = false;
  private held: NotebookMessage[] | null = null;

  open(): NotebookClient {
    const detail = { id: 'n', name: '', spec: 'deno', createdAt: new Date(), updatedAt: new Date(), isArchived: false };
    const page = new NotebookClient(
      { ...detail, state: this.state, text: encodeDocument(this.doc) },
      {
        send: async (sent) => {
          await Promise.resolve();
          if (this.isAway) throw new Error('away');
          this.take(sent);
        },
        isRefusal: () => false,
        onRefused: () => undefined,
      },
    );
    this.pages.push(page);
    return page;
  }

  private take({ client, operations }: SentOperations): void {
    for (const { sequence, operation } of operations) {
      const entry: NumberedOperation = { number: this.state.number + 1, at: '', by: { client, sequence }, operation };
      if ('update' in operation && operation.update) applyUpdate(this.doc, operation.update, null);
      this.state = apply(this.state, entry).state;
      this.tell({ kind: 'operations', epoch: this.epoch, operations: [entry] });
    }
  }

  private tell(message: NotebookMessage): void {
    if (this.held) this.held.push(message);
    else for (const page of this.pages) page.hear(message);
  }

  hold(): void {
    this.held = [];
  }

  release(): void {
    const held = this.held ?? [];
    this.held = null;
    for (const message of held) this.tell(message);
  }

  /** As after a kill: what is not in `kept` was never stored. */
  crash(kept: { state: NotebookState; text: string }): void {
    this.state = kept.state;
    this.doc = new Y.Doc();
    applyUpdate(this.doc, kept.text, null);
    this.epoch = crypto.randomUUID();
    for (const page of this.pages) page.hear({ kind: 'all', epoch: this.epoch, state: kept.state, text: kept.text });
  }
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 80));
const type = (page: NotebookClient, text: string) =>
  page.doc.transact(() => textOf(page.doc, 'a').insert(textOf(page.doc, 'a').length, text), TYPED);

test('what is done shows at once, and is the same when the server has confirmed it', async () => {
  const order = new Order();
  const page = order.open();
  order.hold();
  page.dispatch({ kind: 'insert', cellId: 'b', after: 'a', type: 'code' });
  expect(page.state.order).toEqual(['a', 'b']);
  expect(page.savingState).toBe('saving');
  await settle();
  order.release();
  expect(page.state).toEqual(order.state);
  expect(page.savingState).toBe('saved');
});

test('two pages that do things at once end the same', async () => {
  const order = new Order();
  const [one, two] = [order.open(), order.open()];
  order.hold();
  one.dispatch({ kind: 'insert', cellId: 'b', after: 'a', type: 'code' });
  two.dispatch({ kind: 'delete', cellIds: ['a'] });
  type(one, 'from one');
  type(two, 'from two');
  await settle();
  order.release();
  await settle();
  expect(one.state).toEqual(two.state);
  expect(one.state.order).toEqual(['b']);
  expect(sourceOf(one.doc, 'a')).toBe(sourceOf(two.doc, 'a'));
  expect(sourceOf(one.doc, 'a')).toContain('from two');
});

test('what was typed while the server was away goes to it when it answers again', async () => {
  const order = new Order();
  const page = order.open();
  order.isAway = true;
  type(page, 'kept');
  page.dispatch({ kind: 'insert', cellId: 'b', after: 'a', type: 'code' });
  await settle();
  expect(page.savingState).toBe('away');
  order.isAway = false;
  await new Promise((resolve) => setTimeout(resolve, 700));
  expect(sourceOf(order.doc, 'a')).toBe('kept');
  expect(order.state.order).toEqual(['a', 'b']);
  expect(page.savingState).toBe('saved');
});

test('what failed to go is sent again, also where the stream came back before', async () => {
  const order = new Order();
  const page = order.open();
  order.isAway = true;
  page.dispatch({ kind: 'insert', cellId: 'b', after: 'a', type: 'code' });
  await settle();
  order.isAway = false;
  page.hear({ kind: 'all', epoch: order.epoch, state: order.state, text: encodeDocument(order.doc) });
  await new Promise((resolve) => setTimeout(resolve, 700));
  expect(order.state.order).toEqual(['a', 'b']);
});

test('a server that lost its last moment in a crash gets the texts back from the page', async () => {
  const order = new Order();
  const page = order.open();
  type(page, 'first ');
  await settle();
  const kept = { state: order.state, text: encodeDocument(order.doc) };
  type(page, 'second');
  await settle();
  order.crash(kept);
  await settle();
  expect(sourceOf(order.doc, 'a')).toBe('first second');
  expect(page.savingState).toBe('saved');
});

test('undo takes back step by step, and nothing that another typed', async () => {
  const order = new Order();
  const [page, other] = [order.open(), order.open()];
  const selection = new SelectionStore('a');
  const commands = new Commands(page, selection);
  type(page, 'one\ntwo');
  await settle();
  commands.cursorOf = () => 4;
  commands.split();
  await settle();
  const [, second] = page.state.order as [string, string];
  expect(page.state.order.map((id) => page.sourceOf(id))).toEqual(['one', 'two']);
  other.doc.transact(() => textOf(other.doc, second).insert(3, ' and three'), TYPED);
  await settle();
  commands.undo();
  await settle();
  expect(page.state.order).toEqual(['a']);
  expect(page.sourceOf('a')).toBe('one\ntwo and three');
  commands.insertBelow();
  commands.delete();
  expect(page.state.order).toEqual(['a']);
  commands.undo();
  expect(page.state.order).toHaveLength(2);
  commands.undo();
  commands.redo();
  await settle();
  expect(order.state.order).toEqual(page.state.order);
});
