import { type Card, namelistNames, type PwInput } from './pw-input';
import { InputError, readPwInput } from './read-pw-input';

/** Where pw.x reads and writes is the platform's affair. */
const pathKeys = ['outdir', 'wfcdir', 'prefix', 'pseudo_dir', 'vdw_table_name'];
/** What the result is read by: another structure or another task is another calculation. */
const fixedKeys: Record<string, string[]> = {
  control: ['calculation', 'restart_mode', 'max_seconds', 'disk_io', 'wf_collect'],
  system: ['ibrav', 'nat', 'ntyp', 'celldm(1)', 'a', 'b', 'c', 'cosab', 'cosac', 'cosbc', 'space_group'],
};
const fixedCards = ['ATOMIC_SPECIES', 'ATOMIC_POSITIONS', 'CELL_PARAMETERS'];
/** Of keys that later versions may bring. */
const isPathLike = (value: unknown) => typeof value === 'string' && /[/\\\0]|\.\./.test(value);

/** The input that a person sees and edits: without the keys that are the platform's. */
export function toEditable(input: PwInput): PwInput {
  const { control = {}, ...rest } = input.namelists;
  const shown = Object.fromEntries(
    Object.entries(control).filter(([key]) => !pathKeys.includes(key) && key !== 'max_seconds'),
  );
  return { namelists: { control: shown, ...rest }, cards: input.cards };
}

/**
 * An input as a person changed it, with the platform's own keys put back.
 * @throws InputError for text that pw.x could not read, for keys that name paths, and for a change of structure or task.
 */
export function applyEdit(made: PwInput, text: string): PwInput {
  const edited = readPwInput(text);
  const namelists: PwInput['namelists'] = {};
  for (const name of namelistNames) {
    const values = edited.namelists[name];
    const own = made.namelists[name] ?? {};
    if (!values && !made.namelists[name]) continue;
    for (const [key, value] of Object.entries(values ?? {})) {
      if (pathKeys.includes(key)) throw new InputError(`${key} is set by the platform and cannot be changed.`);
      if (isPathLike(value))
        throw new InputError(
          `${key} = '${String(value).slice(0, 40)}' looks like a path; paths are set by the platform.`,
        );
    }
    const kept: string[] = [...(name === 'control' ? pathKeys : []), ...(fixedKeys[name] ?? [])];
    for (const key of fixedKeys[name] ?? [])
      if (values && key in values && values[key] !== own[key])
        throw new InputError(`${key} cannot be changed here: it follows from the structure and the task.`);
    namelists[name] = { ...values, ...Object.fromEntries(Object.entries(own).filter(([key]) => kept.includes(key))) };
  }
  return { namelists, cards: mergeCards(made, edited) };
}

function mergeCards(made: PwInput, edited: PwInput): Card[] {
  const names = edited.cards.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice) throw new InputError(`${twice} stands there twice.`);
  const cards = new Map(edited.cards.map((card) => [card.name, card]));
  for (const card of made.cards) {
    const own = cards.get(card.name);
    const isPath = card.name === 'K_POINTS' && card.option !== 'automatic';
    if (own && (fixedCards.includes(card.name) || isPath) && sameCard(own, card) === false)
      throw new InputError(
        `${card.name} cannot be changed here: it follows from the structure and the task. Change those instead.`,
      );
    if (!own) cards.set(card.name, card);
  }
  return [...cards.values()];
}

/** Equal but for blanks and the writing of numbers. */
function sameCard(a: Card, b: Card): boolean {
  const words = ({ option, lines }: Card) =>
    [option, ...lines]
      .flatMap((line) => line.trim().split(/\s+/))
      .map((word) => (Number.isNaN(Number(word)) ? word.toLowerCase() : String(Number(word))));
  return words(a).join(' ') === words(b).join(' ');
}
