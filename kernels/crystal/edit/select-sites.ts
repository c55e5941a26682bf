import { KernelError } from '../../core/errors';
import { add, norm, rowTimesMatrix, subtract } from '../linear';
import type { Structure, Vector3 } from '../schema';

/** Whether the site with this index, from 0, is meant. */
type Test = (index: number) => boolean;

const AXES = ['x', 'y', 'z'];
/** How deep brackets and `not` may lie within each other. */
const DEPTH_MAX = 50;

/**
 * The indices of the sites, from 0, that an expression names. Its words: an element (`Si`), numbers from 1 as people count (`3`, `2-5`), `all`,
 * `x < 0.5` (also y, z, and <=, >, >=; fractions of the cell, angstrom where there is none), `label up`, `within 2.5 of 3` (angstrom, over the
 * cell's borders), together by `and`, `or`, `not`, brackets; a comma is an `or`. Throws KernelError `bad-selection` with what is wrong.
 */
export function selectSites(structure: Structure, expression: string): number[] {
  const tokens = expression.match(/\d+\s*-\s*\d+|[<>]=?|[(),]|[^\s<>(),]+/g) ?? [];
  const reader = new Reader(structure, tokens);
  const test = reader.either(0);
  if (reader.left() > 0) throw fault(`“${reader.next()}” is not expected here.`);
  return structure.sites.flatMap((_, index) => (test(index) ? index : []));
}

class Reader {
  private at = 0;
  constructor(
    private readonly structure: Structure,
    private readonly tokens: readonly string[],
  ) {}

  left = () => this.tokens.length - this.at;
  next = () => this.tokens[this.at++];
  private takes = (...words: string[]) => {
    const isThere = this.left() > 0 && words.includes(this.tokens[this.at]!.toLowerCase());
    if (isThere) this.at++;
    return isThere;
  };

  either(depth: number): Test {
    const parts = [this.all(depth)];
    while (this.takes('or', ',')) parts.push(this.all(depth));
    return (index) => parts.some((test) => test(index));
  }

  private all(depth: number): Test {
    const parts = [this.one(depth)];
    while (this.takes('and')) parts.push(this.one(depth));
    return (index) => parts.every((test) => test(index));
  }

  private one(depth: number): Test {
    if (depth > DEPTH_MAX) throw fault('The brackets lie too deep in each other.');
    if (this.takes('not')) {
      const test = this.one(depth + 1);
      return (index) => !test(index);
    }
    if (this.takes('(')) {
      const test = this.either(depth + 1);
      if (!this.takes(')')) throw fault('A bracket is not closed.');
      return test;
    }
    return this.word();
  }

  private word(): Test {
    const { sites } = this.structure;
    const word = this.next();
    if (word === undefined) throw fault('Something is missing at the end.');
    if (word.toLowerCase() === 'all') return () => true;
    if (word.toLowerCase() === 'label') {
      const label = this.next();
      if (label === undefined) throw fault('A label is missing after “label”.');
      return (index) => sites[index]!.label === label;
    }
    if (word.toLowerCase() === 'within') return this.within();
    const axis = AXES.indexOf(word.toLowerCase());
    if (axis >= 0) return this.compared(axis);
    const range = /^(\d+)(?:\s*-\s*(\d+))?$/.exec(word);
    if (range) {
      const [first, last] = [Number(range[1]), Number(range[2] ?? range[1])];
      if (first < 1 || last > sites.length || last < first)
        throw fault(`There is no site ${word}: they are numbered from 1 to ${sites.length}.`);
      return (index) => index + 1 >= first && index + 1 <= last;
    }
    if (!/^[A-Z][a-z]?$/.test(word))
      throw fault(`“${word}” is not understood: write an element such as Si, numbers such as 1-4, or z < 0.5.`);
    return (index) => sites[index]!.species.some(({ element }) => element === word);
  }

  private compared(axis: number): Test {
    const sign = this.next();
    const compare = comparisons[sign as keyof typeof comparisons];
    if (!compare) throw fault(`After ${AXES[axis]} stands <, <=, > or >=.`);
    const value = this.number('a number');
    return (index) => compare(this.structure.sites[index]!.position[axis]!, value);
  }

  private within(): Test {
    const radius = this.number('a distance in Å');
    if (!this.takes('of')) throw fault('After the distance stands “of” and the number of a site.');
    const site = this.number('the number of a site');
    const centre = this.structure.sites[site - 1]?.position;
    if (!centre) throw fault(`There is no site ${site}: they are numbered from 1 to ${this.structure.sites.length}.`);
    return (index) => this.distance(this.structure.sites[index]!.position, centre) <= radius;
  }

  private number(what: string): number {
    const word = this.next();
    if (word === undefined || !/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(word))
      throw fault(`${word === undefined ? 'At the end' : `In place of “${word}”`} ${what} is expected.`);
    return Number(word);
  }

  /** Angstrom, to the nearest image; in a skew cell that may be one cell further than the nearest fractions. */
  private distance(a: Vector3, b: Vector3): number {
    const { cellAngstrom } = this.structure;
    const between = subtract(a, b);
    if (!cellAngstrom) return norm(between);
    const nearest = between.map((x) => x - Math.round(x)) as Vector3;
    const lengths = shifts.map((shift) => norm(rowTimesMatrix(add(nearest, shift), cellAngstrom)));
    return Math.min(...lengths);
  }
}

const comparisons = {
  '<': (a: number, b: number) => a < b,
  '<=': (a: number, b: number) => a <= b,
  '>': (a: number, b: number) => a > b,
  '>=': (a: number, b: number) => a >= b,
};

const steps = [-1, 0, 1];
const shifts = steps.flatMap((u) => steps.flatMap((v) => steps.map((w): Vector3 => [u, v, w])));

const fault = (message: string) => new KernelError('bad-selection', message);
