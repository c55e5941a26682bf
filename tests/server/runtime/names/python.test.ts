import { expect, test } from 'vitest';
import { namesOf } from '@/server/runtime/names/names-of';

const sorted = (names: string) => names.split(' ').sort().join(' ');
const names = (text: string) => {
  const { defines, uses } = namesOf('python', text);
  return [defines.join(' '), uses.join(' ')];
};

test.each([
  ['a = b = c', 'a b', 'c'],
  ['x, (y, *z) = pair, w', 'x y z', 'pair w'],
  ['[a, b] = b, a', 'a b', 'b a'],
  ['x: float = y', 'x', 'y float'],
  ['x: float', '', 'float'],
  ['x += y', 'x', 'x y'],
  ['x = x + 1\nx', 'x', 'x'],
  ['a.b = c\nd[e] = f\nd.append(g)', '', 'c a f d e g'],
  ['(n := 10) + n', 'n', ''],
  ['import a.b, c.d as e\nfrom m import f as g, h\nfrom . import (i, j)\nfrom k import *', 'a e g h i j', ''],
  ['del x', '', 'x'],
  ['x = 1\ndel x', '', ''],
  ['type Pair[T] = list[T]', 'Pair', ''],
])('statements define, in their order: %s', (text, defines, uses) =>
  expect(names(text)).toEqual([sorted(defines), sorted(uses)]),
);

test.each([
  ['def f(a, b=c, *d, **e) -> R:\n  g = a + b + h\n  return g', 'f', 'c R h'],
  ['def f():\n  global count\n  count = count + 1', 'f count', 'count'],
  ['def f():\n  n = 0\n  def g():\n    nonlocal n\n    n = n + 1\n  return g', 'f', ''],
  ['def f():\n  return later\nlater = 1', 'f later', ''],
  ['def f(n): return f(n - 1)', 'f', ''],
  ['f = lambda a, *b: a + c', 'f', 'c'],
  ['@deco(x)\nasync def f[T](a: T): await b', 'f', 'deco x b'],
  ['class C(B, metaclass=M):\n  x = y\n  z = x\n  def m(self): return x', 'C', 'B M y x'],
  ['def f(x):\n  x = x + 1\n  return x', 'f', ''],
])('functions take what their bodies take, classes keep theirs: %s', (text, defines, uses) =>
  expect(names(text)).toEqual([sorted(defines), sorted(uses)]),
);

test.each([
  ['[p + q for p in ps if p for q in p]', '', 'ps'],
  ['{k: v for k, v in d.items()}', '', 'd'],
  ['sum(x * y for x in xs)', '', 'sum xs y'],
  ['[x for x in x]', '', 'x'],
  ['[last := i for i in items]', 'last', 'items'],
])('comprehensions keep their variables: %s', (text, defines, uses) =>
  expect(names(text)).toEqual([sorted(defines), sorted(uses)]),
);

test.each([
  ['for i, j in k:\n  i + m\nelse:\n  pass\ni', 'i j', 'k m'],
  ['if a:\n  x = 1\nx', 'x', 'a x'],
  ['if a:\n  x = 1\nelif b:\n  x = 2\nelse:\n  x = 3\nx', 'x', 'a b'],
  ['while w:\n  y = w\ny', 'y', 'w'],
  ['with open(a) as f, lock:\n  f.read()\nf', 'f', 'open a lock'],
  ['with (open(a) as f, open(b) as g):\n  f + g', 'f g', 'open a b'],
  ['try:\n  pass\nexcept Fault as e:\n  e\nfinally:\n  c', '', 'Fault c'],
  [
    'match p:\n  case Point(x=0, y=yy) | [yy, *rest] if g:\n    yy\n  case {"k": v, **kw}:\n    v\n  case _:\n    pass',
    'yy rest v kw',
    'p Point g',
  ],
])('branches and loops: %s', (text, defines, uses) => expect(names(text)).toEqual([sorted(defines), sorted(uses)]));

test.each([
  ['f"{x!r:>{w}} {y.z=}"', '', 'x w y'],
  ['f(a, key=b, *c, **d)', '', 'f a b c d'],
  ['a[b:c, d]; x if y else z', '', 'a b c d x y z'],
  ['%matplotlib inline\n!ls {x}\nfiles = !ls\nnp.array?', 'files', 'np'],
  ['%%bash\necho $x', '', ''],
  ['%%time\ny = x', 'y', 'x'],
  ['total = (a\n  % b)', 'total', 'a b'],
])('expressions, and what IPython adds: %s', (text, defines, uses) =>
  expect(names(text)).toEqual([sorted(defines), sorted(uses)]),
);

test('hostile texts end', () => {
  const begin = process.cpuUsage();
  namesOf('python', `x = ${'['.repeat(30_000)}`);
  namesOf('python', `${'if a:\n '.repeat(3_000)}`);
  namesOf('python', Array.from({ length: 3_000 }, (_, i) => `if a:\n  v${i} = 1\n`).join(''));
  expect(process.cpuUsage(begin).user / 1_000).toBeLessThan(5_000);
});
