import { readBlob } from '@/server/db/blobs';
import { dataKindWords } from '@/server/schemas/provenance';
import type { Selection } from './collect';
import type { NodeLine, ProcessLine } from './format';
import type { NewFile } from './write-zip';

/** A name that every file system takes, whatever a person wrote. */
export const fileName = (text: string) =>
  text
    .normalize('NFKD')
    .replace(/[^\w.-]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .slice(0, 60) || 'unnamed';

/**
 * For people: one folder a calculation, in it one a step, with what went in under `inputs` and what came out under `outputs`. A value that
 * several steps took stands in each of them.
 */
export async function* folderFiles(selection: Selection): AsyncGenerator<NewFile> {
  const { calculations, processes, links, nodes } = selection;
  const nodeOf = new Map(nodes.map((node) => [node.id, node]));
  const overview: string[] = ['# Provenance', ''];
  const parts = [...calculations, null].flatMap((calculation) => {
    const own = processes.filter((process) => process.calculationId === (calculation?.id ?? null)).sort(byTime);
    return own.length > 0 ? [{ calculation, own }] : [];
  });
  for (const { calculation, own } of parts) {
    const folder = calculation ? `${fileName(calculation.label)}-${calculation.id.slice(-8)}` : 'other-processes';
    overview.push(
      `## ${calculation?.label ?? 'Processes that are part of no calculation'}`,
      '',
      calculation ? `By ${calculation.createdBy}, ${calculation.createdAt}, in ${folder}/` : `In ${folder}/`,
      '',
    );
    for (const [index, process] of own.entries()) {
      const step = `${folder}/${String(index).padStart(2, '0')}-${fileName(process.name)}`;
      overview.push(`- ${process.title}: ${process.state}${describeProgram(process)}, in ${step}/`);
      yield { path: `${step}/process.json`, bytes: json(process) };
      for (const link of links) {
        const node = link.processId === process.id && link.dataNodeId ? nodeOf.get(link.dataNodeId) : null;
        if (!node) continue;
        const side = link.kind === 'input' ? 'inputs' : 'outputs';
        yield* nodeFiles(node, `${step}/${side}/${fileName(link.name)}`, selection);
      }
    }
    overview.push('');
  }
  yield { path: 'README.md', bytes: Buffer.from(`${overview.join('\n')}\n`) };
}

/** The calculation itself first, then as its steps were planned. */
const byTime = (a: ProcessLine, b: ProcessLine) =>
  Number(a.parentId !== null) - Number(b.parentId !== null) ||
  Date.parse(a.createdAt) - Date.parse(b.createdAt) ||
  a.ordinal - b.ordinal;
const describeProgram = ({ program }: ProcessLine) => (program ? ` by ${program.name} ${program.version}` : '');
const json = (value: unknown) => Buffer.from(`${JSON.stringify(value, null, 2)}\n`);

async function* nodeFiles(node: NodeLine, path: string, { structures }: Selection): AsyncGenerator<NewFile> {
  const { id, kind, structure, value, files, createdAt } = node;
  const about = { id, what: dataKindWords[kind] ?? kind, kind, createdAt };
  const content = structure ? structures.find((one) => one.hash === structure) : value;
  yield { path: `${path}.json`, bytes: json({ ...about, content: content ?? null }) };
  for (const file of files)
    yield { path: `${path}/${file.name.split('/').map(fileName).join('/')}`, bytes: await readBlob(file.sha256) };
}
