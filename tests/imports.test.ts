import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, extname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';

interface Import {
  from: string;
  /** Path from the root of the repository, or the name of a package. */
  to: string;
  isType: boolean;
}

const folders = ['app', 'bin', 'kernels', 'server', 'tests'];
const sources = [...folders.flatMap(listFiles), 'proxy.ts'].filter(
  (file) => existsSync(file) && !file.startsWith('kernels/planewave/backends/assembly/'),
);
const imports = sources.flatMap(importsOf);

function listFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((file) => /\.(ts|tsx|mjs|js)$/.test(file) && statSync(file).isFile());
}

function importsOf(file: string): Import[] {
  const text = readFileSync(file, 'utf8').replace(/^\s*\/\/.*$|\/\*[\s\S]*?\*\//gm, '');
  const statements = [
    ...text.matchAll(/^(?:import|export)\s+(type\s+)?(?:[\w*{},\s$]*?\sfrom\s+)?['"]([^'"]+)['"]/gm),
    ...text.matchAll(/(?:^|[^.\w])import\((?:\s*)()['"]([^'"]+)['"]\)/gm),
  ];
  return statements.map(([statement, type, name]) => ({
    from: file,
    to: resolveImport(file, name!),
    isType: Boolean(type) || /^(?:import|export)\s+\{(?:\s*type\s+\w+(?:\s+as\s+\w+)?\s*,?)+\s*\}/.test(statement),
  }));
}

function resolveImport(file: string, name: string): string {
  if (!name.startsWith('.') && !name.startsWith('@/')) return name;
  const base = name.startsWith('@/') ? name.slice(2) : normalize(join(dirname(file), name));
  const candidates = [
    base,
    `${base}.ts`,
    `${base}.tsx`,
    `${base}.mjs`,
    join(base, 'index.ts'),
    join(base, 'index.tsx'),
  ];
  return candidates.find((path) => extname(path) !== '' && existsSync(path) && statSync(path).isFile()) ?? base;
}

const isLocal = (path: string) => folders.some((folder) => path.startsWith(`${folder}/`));
const describeImport = ({ from, to }: Import) => `${from} imports ${to}`;

test('the scan sees this file and its imports', () => {
  expect(imports).toContainEqual({ from: 'tests/imports.test.ts', to: 'vitest', isType: false });
  expect(importsOf('server/routers/calculations/events.ts').map(({ to }) => to)).toContain('server/routers/trpc.ts');
});

test('nothing but themselves imports app and tests', () => {
  const wrong = imports.filter(
    ({ from, to }) =>
      (to.startsWith('app/') && !/^(app|tests)\//.test(from)) ||
      (to.startsWith('tests/') && !from.startsWith('tests/')),
  );
  expect(wrong.map(describeImport)).toEqual([]);
});

test('kernels know each other only downwards: core, crystal, corrections, methods', () => {
  // Dispersion is a kernel of its own and a term of those that compute electrons.
  const level = (path: string) => ({ core: 0, crystal: 1, dispersion: 2 })[path.split('/')[1] as string] ?? 3;
  const wrong = imports.filter(({ from, to }) => {
    if (!from.startsWith('kernels/') || !isLocal(to)) return false;
    if (!to.startsWith('kernels/')) return true;
    const isOtherMethod = level(from) === 3 && level(to) === 3 && from.split('/')[1] !== to.split('/')[1];
    return level(to) > level(from) || isOtherMethod;
  });
  expect(wrong.map(describeImport)).toEqual([]);
});

test('in kernels only native.ts and main.ts touch Node and native packages', () => {
  const isNative = (path: string) => /(^|[/.])(native|main)\.ts$/.test(path);
  const isHost = (to: string) =>
    to.startsWith('node:') || /^(koffi|onnxruntime-node)$/.test(to) || to.startsWith('scripts/');
  const wrong = imports.filter(
    ({ from, to, isType }) => from.startsWith('kernels/') && !isNative(from) && !isType && (isHost(to) || isNative(to)),
  );
  expect(wrong.map(describeImport)).toEqual([]);
});

const levels: Record<string, number> = {
  ...{ schemas: 0, db: 1, engines: 1, computers: 1, runtime: 1, properties: 2 },
  ...{ services: 3, workflows: 4, optimade: 4, explorer: 4, routers: 5, cli: 6 },
};

test('the server’s folders know each other only downwards', () => {
  const wrong = imports.filter(({ from, to }) => {
    if (!from.startsWith('server/') || !to.startsWith('server/')) return false;
    const [below, above] = [to, from].map((path) => path.split('/')[1]!) as [string, string];
    // Files beside the folders (errors, env, log and their like) stand beneath all.
    if (below.endsWith('.ts')) return false;
    if (!(above in levels)) return true;
    return levels[below]! > levels[above]!;
  });
  expect(wrong.filter(({ isType, from }) => !(isType && from.startsWith('server/cli/'))).map(describeImport)).toEqual(
    [],
  );
});

test('every folder of the server has its place in the order', () => {
  const found = readdirSync('server', { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(found.map((entry) => entry.name).filter((name) => !(name in levels))).toEqual([]);
});

test('the command line talks to services and programs, and knows of the router its type only', () => {
  const wrong = imports.filter(
    ({ from, to, isType }) => from.startsWith('server/cli/') && to.startsWith('server/routers') && !isType,
  );
  expect(wrong.map(describeImport)).toEqual([]);
});

test('code for the browser takes from the server only schemas, defaults and the type of the router', () => {
  const isServerFile = (file: string) => {
    if (/(^|\/)(page|layout|route|not-found|loading)\.tsx?$/.test(file) || file === 'proxy.ts')
      return !readFileSync(file, 'utf8').startsWith("'use client'");
    return readFileSync(file, 'utf8').includes("'server-only'");
  };
  const allowed = [
    /^server\/schemas\//,
    /^server\/properties\/ids\.ts$/,
    /^server\/properties\/[^/]+\/(schema|defaults)\.ts$/,
    /^kernels\/core\//,
    /^kernels\/crystal\/(?!native)/,
    /^kernels\/diffraction\//,
    /^kernels\/mechanics\//,
    /^kernels\/[^/]+\/schema\.ts$/,
  ];
  const wrong = imports.filter(({ from, to, isType }) => {
    if (!from.startsWith('app/') || isServerFile(from) || !/^(server|kernels|generated)\//.test(to)) return false;
    return !allowed.some((pattern) => pattern.test(to)) && !(isType && to.startsWith('server/routers/'));
  });
  expect(wrong.map(describeImport)).toEqual([]);
});

test('what schemas and defaults import can go to the browser too', () => {
  const isShared = (path: string) => /^server\/schemas\/|^server\/properties\/[^/]+\/(schema|defaults)\.ts$/.test(path);
  const wrong = imports.filter(
    ({ from, to, isType }) =>
      isShared(from) &&
      !isType &&
      (to.startsWith('node:') ||
        (isLocal(to) && !isShared(to) && !/^kernels\/(core|crystal)\/|^kernels\/[^/]+\/schema\.ts$/.test(to))),
  );
  expect(wrong.map(describeImport)).toEqual([]);
});

test('kernels and server have no circular imports', () => {
  const graph = new Map<string, string[]>();
  for (const { from, to, isType } of imports)
    if (!isType && /^(kernels|server)\//.test(from) && isLocal(to)) graph.set(from, [...(graph.get(from) ?? []), to]);
  const cycles: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, path: string[]) => {
    if (path.includes(file)) cycles.push([...path.slice(path.indexOf(file)), file].join(' -> '));
    if (done.has(file) || path.includes(file)) return;
    for (const next of graph.get(file) ?? []) visit(next, [...path, file]);
    done.add(file);
  };
  for (const file of graph.keys()) visit(file, []);
  expect(cycles).toEqual([]);
});
