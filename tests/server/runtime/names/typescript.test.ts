import { expect, test } from 'vitest';
import { namesOf } from '@/server/runtime/names/names-of';

const sorted = (names: string) => names.split(' ').sort().join(' ');
const names = (text: string) => {
  const { defines, uses } = namesOf('typescript', text);
  return [defines.join(' '), uses.join(' ')];
};

test.each([
  ['const a = 1; let b; var c = a', 'a b c', ''],
  ['const { a, b: { c }, ...d } = e, [f, , g = h] = i', 'a c d f g', 'e h i'],
  ['const { [key]: value } = record', 'value', 'key record'],
  ['const data = await load(url)', 'data', 'load url'],
  [
    'import plot, { a as b, type T } from "m"; import * as ns from "n"; import type { U } from "u"; import "side"',
    'plot b ns',
    '',
  ],
  [
    'export const a = b; export function f() {} export class C {} export default d; export { e as z }',
    'a f C',
    'b d e',
  ],
  ['export { a } from "m"', '', ''],
  ['enum Spin { Up = up } namespace N { export const inside = outside }', 'Spin N', 'up outside'],
])('declarations at the top are definitions: %s', (text, defines, uses) =>
  expect(names(text)).toEqual([sorted(defines), sorted(uses)]),
);

test.each([
  ['function f(a, { b }, c = d) { return a + b + c + free }', 'f', 'd free'],
  ['const f = (a) => { const b = a; if (b) { let c = b; return c } return g(h) }', 'f', 'g h'],
  ['const f = function g(n) { return g(n - 1) }', 'f', ''],
  ['class A extends B { x = y; #p = q; m(a) { return this.x + a + z } get [k]() { return 1 } }', 'A', 'B y q z k'],
  ['const C = class D { self() { return D } }', 'C', ''],
  ['{ const hidden = 1; hidden } function f() { var inside = hidden }', 'f', 'hidden'],
  ['function f() { if (a) { var late = 1 } return late }', 'f', 'a'],
  ['try { a() } catch ({ message }) { message } finally { b }', '', 'a b'],
  ['for (const i of list) { var last = i } for (let j = 0; j < n; j++) {} for (const k in o) k', 'last', 'list n o'],
  ['switch (s) { case one: let q = 1; q }', '', 's one'],
  ['const x = 1; function f() { return x } { const x = y }', 'x f', 'y'],
  ['outer: for (;;) { break outer }', '', ''],
])('what a block or a function declares is its own: %s', (text, defines, uses) =>
  expect(names(text)).toEqual([sorted(defines), sorted(uses)]),
);

test.each([
  ['x = 1', 'x', ''],
  ['x = x + 1', 'x', 'x'],
  ['x += y', 'x', 'x y'],
  ['x++; --y', 'x y', 'x y'],
  ['x = 1; use(x)', 'x', 'use'],
  ['if (c) x = 1; use(x)', 'x', 'c use x'],
  ['({ a, b: c = d } = e); [f, g] = [g, f]', 'a c f g', 'd e g f'],
  ['for (k of list) {}', 'k', 'list'],
  ['function set() { x = 1 }', 'set x', ''],
  ['a.b = c; list[i] = 1; list.push(d); delete a.e', '', 'a c list i d'],
])('assignments define what the cell does not declare, changes of objects nothing: %s', (text, defines, uses) =>
  expect(names(text)).toEqual([sorted(defines), sorted(uses)]),
);

test.each([
  ['let x: Foo<Bar> = y as Baz; z satisfies Q', 'x', 'y z'],
  ['interface A { b: C } type D = typeof e; declare const f: number', '', ''],
  ['function is(x: unknown): x is typeof y { return true }', 'is', ''],
  ['const f = <T,>(x: T): { [K in keyof T]: U } => x', 'f', ''],
  ['class A implements B {}', 'A', ''],
])('types are no values: %s', (text, defines, uses) => expect(names(text)).toEqual([sorted(defines), sorted(uses)]));

test.each([
  ['const o = { x, y: z, [w]: 1, m(p) { return p }, ...rest }', 'o', 'x z w rest'],
  ['`t $' + '{x + `$' + '{y}`}`; tag`$' + '{z}`', '', 'x y tag z'],
  ['a?.b?.[c]; new D(e); typeof f; x!; f<T>(g)', '', 'a c D e f x g'],
  ['console.log(1); undefined; arguments; this.x; import.meta.url; await import("m")', '', 'console'],
])('expressions use names, not the keys of objects: %s', (text, defines, uses) =>
  expect(names(text)).toEqual([sorted(defines), sorted(uses)]),
);

test('a text that is not finished still has the names that can be read', () => {
  expect(names('const a = b\nconst c = {')).toEqual(['a c', 'b']);
});

test('hostile texts end: deep nesting, many names, great length', () => {
  const begin = process.cpuUsage();
  expect(namesOf('typescript', `a${'('.repeat(20_000)}`).defines).toEqual([]);
  const many = namesOf('typescript', Array.from({ length: 4_000 }, (_, i) => `let v${i};`).join(''));
  expect(many.defines.length).toBe(500);
  expect(namesOf('typescript', `let a = 1;${' '.repeat(200_000)}`)).toEqual({ defines: [], uses: [] });
  expect(process.cpuUsage(begin).user / 1_000).toBeLessThan(5_000);
});
