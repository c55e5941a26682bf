import { expect, test } from 'vitest';
import { frameComms } from '@/app/notebook/outputs/frame-comms';
import type { Comm } from '@/server/schemas/notebook/comms';

function make() {
  const sent: Comm[] = [];
  const posted: Comm[] = [];
  let tell: (comm: Comm) => void = () => undefined;
  let isListening = true;
  const comms = frameComms({
    send: (comm) => sent.push(comm),
    listen: (hear) => {
      tell = hear;
      return () => (isListening = false);
    },
    post: ({ brineComm }) => posted.push(brineComm),
  });
  return { comms, sent, posted, tell: (comm: Comm) => tell(comm), isListening: () => isListening };
}

test('a frame talks by the comms that it opened, hears of no others, and closes them when it goes', () => {
  const { comms, sent, posted, tell, isListening } = make();
  comms.hear({ brineComm: { type: 'message', commId: 'not-mine', data: {} } });
  comms.hear({ brineHeight: 40 });
  comms.hear(null);
  expect(sent).toEqual([]);
  comms.hear({ brineComm: { type: 'open', commId: 'mine', target: 'echo', data: { a: 1 } } });
  tell({ type: 'message', commId: 'mine', data: { b: 2 } });
  tell({ type: 'message', commId: 'of-another', data: { c: 3 } });
  expect(posted).toEqual([{ type: 'message', commId: 'mine', data: { b: 2 } }]);
  comms.end();
  expect(sent.map(({ type }) => type)).toEqual(['open', 'close']);
  expect(isListening()).toBe(false);
});

test('a frame hears of comms that the kernel opens for a target that it named', () => {
  const { comms, posted, tell } = make();
  tell({ type: 'open', commId: 'k', target: 'bars', data: {} });
  expect(posted).toEqual([]);
  comms.hear({ brineTarget: 'bars' });
  tell({ type: 'open', commId: 'k', target: 'bars', data: {} });
  expect(posted).toHaveLength(1);
});
