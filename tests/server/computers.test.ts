import { describe, expect, test } from 'vitest';
import { admit, type Candidate, type Limits, orderQueue } from '@/server/computers/direct/admit';
import { foreseeStarts } from '@/server/computers/direct/foresee';

const now = new Date('2026-01-01T12:00:00Z');
const job = (id: string, change: Partial<Candidate> = {}): Candidate => ({
  ...{ id, userId: 'ada', projectId: 'p', priority: 'normal' },
  ...{ cores: 1, memoryBytes: 1, expectedSeconds: 10, queuedAt: now },
  ...change,
});
const limits: Limits = { cores: 4, memoryBytes: 100, jobsMax: null, roomByProject: new Map() };
const ids = (jobs: Candidate[]) => jobs.map(({ id }) => id);

describe('the direct scheduler', () => {
  test('starts short jobs first, and older ones where they are as short', () => {
    const older = new Date(now.getTime() - 1000);
    const waiting = [job('long', { expectedSeconds: 100 }), job('young'), job('old', { queuedAt: older })];
    expect(ids(orderQueue([], waiting, now))).toEqual(['old', 'young', 'long']);
  });

  test('lets two people take turns, however many jobs one of them has', () => {
    const waiting = [job('a1'), job('a2'), job('a3'), job('b1', { userId: 'bob', expectedSeconds: 99 })];
    expect(ids(orderQueue([], waiting, now))).toEqual(['a1', 'b1', 'a2', 'a3']);
    const running = [job('r', { userId: 'bob', cores: 2 })];
    expect(ids(orderQueue(running, waiting, now)).slice(0, 2)).toEqual(['a1', 'a2']);
  });

  test('keeps within cores and memory', () => {
    expect(
      admit([job('r', { cores: 3 })], [job('wide', { cores: 2 }), job('slim', { expectedSeconds: 20 })], limits, now),
    ).toEqual(['slim']);
    expect(admit([], [job('a', { memoryBytes: 60 }), job('b', { memoryBytes: 60 })], limits, now)).toEqual(['a']);
  });

  test('runs a job that asks for more than there is alone', () => {
    const waiting = [job('huge', { cores: 64 })];
    expect(admit([], waiting, limits, now)).toEqual(['huge']);
    expect(admit([job('r')], waiting, limits, now)).toEqual([]);
  });

  test('passes nobody by for ever: an overdue job that does not fit holds back the others', () => {
    const overdue = new Date(now.getTime() - 11 * 60_000);
    const waiting = [job('wide', { cores: 4, expectedSeconds: 999, queuedAt: overdue }), job('slim')];
    expect(admit([job('r')], waiting, limits, now)).toEqual([]);
    expect(admit([], waiting, limits, now)).toEqual(['wide']);
  });

  test('takes what a person finds urgent before that person’s other jobs, and nobody else’s', () => {
    const waiting = [job('a1'), job('a2', { priority: 'high', expectedSeconds: 99 }), job('a3', { priority: 'low' })];
    expect(ids(orderQueue([], waiting, now))).toEqual(['a2', 'a1', 'a3']);
    const urgent = ['x1', 'x2', 'x3'].map((id) => job(id, { priority: 'high' }));
    expect(ids(orderQueue([], [...urgent, job('b1', { userId: 'bob', priority: 'low' })], now))[1]).toBe('b1');
  });

  test('keeps to the number of jobs of a computer and of a project, and lets other projects pass', () => {
    const waiting = [job('a1'), job('a2'), job('a3'), job('b1', { projectId: 'q', expectedSeconds: 99 })];
    expect(admit([], waiting, { ...limits, jobsMax: 2 }, now)).toEqual(['a1', 'a2']);
    expect(admit([], waiting, { ...limits, roomByProject: new Map([['p', 1]]) }, now)).toEqual(['a1', 'b1']);
    const overdue = new Date(now.getTime() - 11 * 60_000);
    const blocked = [job('a1', { queuedAt: overdue }), job('b1', { projectId: 'q' })];
    expect(admit([], blocked, { ...limits, roomByProject: new Map([['p', 0]]) }, now)).toEqual(['b1']);
  });
});

describe('the expected starts', () => {
  const running = { ...job('r', { cores: 4, expectedSeconds: 60 }), startedAt: new Date(now.getTime() - 20_000) };
  const secondsOf = (starts: Map<string, Date>) =>
    Object.fromEntries([...starts].map(([id, at]) => [id, (at.getTime() - now.getTime()) / 1000]));

  test('follow from the ends of what is before', () => {
    const waiting = [job('half', { cores: 2, expectedSeconds: 10 }), job('whole', { cores: 4, expectedSeconds: 30 })];
    const starts = foreseeStarts([running], [...waiting, job('last', { cores: 2, expectedSeconds: 99 })], limits, now);
    expect(secondsOf(starts)).toEqual({ half: 40, last: 40, whole: 139 });
  });

  test('know the limits of projects, and leave out what may not run at all', () => {
    const waiting = [job('a1'), job('a2'), job('b1', { projectId: 'q' })];
    const room = new Map([['p', 1]]);
    expect(secondsOf(foreseeStarts([], waiting, { ...limits, roomByProject: room }, now))).toEqual({
      ...{ a1: 0, b1: 0, a2: 10 },
    });
    room.set('p', 0);
    expect(secondsOf(foreseeStarts([], waiting, { ...limits, roomByProject: room }, now))).toEqual({ b1: 0 });
  });

  test('are told for a job that asks for more than there is', () => {
    expect(secondsOf(foreseeStarts([running], [job('huge', { cores: 64 })], limits, now))).toEqual({ huge: 40 });
  });
});
