import { clean } from '@/server/runtime/notebook/clean';
import { fromFile, type ReadNotebook } from '@/server/schemas/notebook/from-file';
import { notebookFileSchema } from '@/server/schemas/notebook/nbformat';

/** Lists and objects within each other; notebooks of people have ten. */
const DEPTH_MAX = 100;
const CELLS_MAX = 20_000;

/** Why a file is no notebook that is taken, for the person. */
export class Refusal extends Error {}

/** A notebook from the text of a file. Throws a Refusal for whatever is none. */
export function readFile(text: string, newId: () => string): ReadNotebook {
  if (depthOf(text) > DEPTH_MAX)
    throw new Refusal(`The file is nested more than ${DEPTH_MAX} deep, which no notebook is.`);
  const json = parse(text);
  const { nbformat: major, cells } = (json ?? {}) as { nbformat?: unknown; cells?: unknown };
  if (major !== 4)
    throw new Refusal(
      typeof major === 'number'
        ? `The file is of notebook format ${major}; format 4 is read. Open it in Jupyter and save it there anew.`
        : 'The file is no notebook: it says no notebook format.',
    );
  if (Array.isArray(cells) && cells.length > CELLS_MAX)
    throw new Refusal(`The notebook has ${cells.length} cells; ${CELLS_MAX} are taken. Split it into several.`);
  const read = notebookFileSchema.safeParse(json);
  if (read.success) return fromFile(read.data, newId);
  const issue = read.error.issues[0]!;
  throw new Refusal(`The file is no notebook of format 4: ${issue.path.join('.') || 'file'}: ${issue.message}.`);
}

function parse(text: string): unknown {
  try {
    return clean(JSON.parse(text));
  } catch {
    throw new Refusal('The file is not JSON, so it is no notebook.');
  }
}

/** How deep brackets stand within each other, before anything is made of them. */
function depthOf(text: string): number {
  let [depth, deepest] = [0, 0];
  let isText = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (isText) {
      if (code === BACKSLASH) i++;
      else if (code === QUOTE) isText = false;
    } else if (code === QUOTE) isText = true;
    else if (code === BRACKET || code === BRACE) deepest = Math.max(deepest, ++depth);
    else if (code === BRACKET_END || code === BRACE_END) depth--;
  }
  return deepest;
}

const [QUOTE, BACKSLASH, BRACKET, BRACKET_END, BRACE, BRACE_END] = [0x22, 0x5c, 0x5b, 0x5d, 0x7b, 0x7d];
