/** The numbers that a condition may name: the newest that a job has told; null while it has told none. */
export const conditionNames = {
  iteration: 'iteration of the self-consistent cycle',
  residual: 'what is left to converge, in the unit of the threshold',
  threshold: 'where the cycle ends',
  energyEv: 'total energy, eV',
  step: 'geometry of a relaxation',
  largestForceEvPerAngstrom: 'largest force, eV/Å',
  pressureGpa: 'pressure, GPa',
  volumeAngstrom3: 'volume of the cell, Å³',
  kpointsDone: 'k-points that are done',
  kpointsTotal: 'k-points in all',
  seconds: 'time since the job began',
  timeShare: 'share of the time limit that is used',
} as const;
export type ConditionName = keyof typeof conditionNames;
export type Numbers = Partial<Record<ConditionName, number | null>>;

/** Null where a number is not known (yet): what is unknown is neither true nor false. */
type Value = number | boolean | null;

export interface Condition {
  text: string;
  holds(numbers: Numbers): boolean;
}

/** What is wrong with a condition, and where. */
export class ConditionError extends Error {}

const LENGTH_MAX = 300;
const DEPTH_MAX = 30;
const TOKEN =
  /\s*(?:(\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)|([A-Za-z][A-Za-z0-9]*)|(<=|>=|==|!=|[-+*/<>()]))/y;
const functions = { abs: Math.abs, log10: Math.log10, sqrt: Math.sqrt } as const;

type Evaluate = (numbers: Numbers) => Value;

/**
 * A condition over the numbers that a running job tells: `iteration > 30 and residual > 1e-3`. Numbers, names, `+ - * /`,
 * comparisons, `and`, `or`, `not`, brackets, and `abs`, `log10`, `sqrt`. It is parsed into functions of ours and never run as code.
 * @throws ConditionError
 */
export function parseCondition(text: string): Condition {
  if (text.length > LENGTH_MAX) throw new ConditionError(`A condition has at most ${LENGTH_MAX} characters.`);
  const parser = new Parser(tokenize(text));
  const evaluate = parser.parse();
  return { text, holds: (numbers) => evaluate(numbers) === true };
}

function tokenize(text: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const at = TOKEN.lastIndex;
    const found = TOKEN.exec(text);
    if (!found) throw new ConditionError(`“${text.slice(at).trim().slice(0, 20)}” is not understood.`);
    tokens.push(found[1] ?? found[2] ?? found[3]!);
  }
  return tokens;
}

class Parser {
  private at = 0;
  private depth = 0;
  constructor(private readonly tokens: string[]) {}

  parse(): Evaluate {
    const { evaluate, isTruth } = this.either();
    if (this.at < this.tokens.length) throw new ConditionError(`“${this.tokens[this.at]}” is one too many.`);
    if (!isTruth) throw new ConditionError('A condition compares: iteration > 30.');
    return evaluate;
  }

  private either(): Part {
    return this.chain(
      'or',
      () => this.both(),
      (a, b) => (a === true || b === true ? true : a === null || b === null ? null : false),
    );
  }

  private both(): Part {
    return this.chain(
      'and',
      () => this.negation(),
      (a, b) => (a === false || b === false ? false : a === null || b === null ? null : true),
    );
  }

  private chain(word: string, next: () => Part, join: (a: Value, b: Value) => Value): Part {
    let left = next();
    while (this.take(word)) {
      const right = next();
      this.require(left.isTruth && right.isTruth, `“${word}” stands between two comparisons.`);
      const [a, b] = [left.evaluate, right.evaluate];
      left = { isTruth: true, evaluate: (numbers) => join(a(numbers), b(numbers)) };
    }
    return left;
  }

  private negation(): Part {
    if (!this.take('not')) return this.comparison();
    const { evaluate, isTruth } = this.deeper(() => this.negation());
    this.require(isTruth, '“not” stands before a comparison.');
    return {
      isTruth: true,
      evaluate: (numbers) => {
        const value = evaluate(numbers);
        return value === null ? null : !value;
      },
    };
  }

  private comparison(): Part {
    const left = this.sum();
    const sign = Object.keys(comparisons).find((one) => this.take(one)) as keyof typeof comparisons | undefined;
    if (!sign) return left;
    const right = this.sum();
    this.require(!left.isTruth && !right.isTruth, `“${sign}” stands between two numbers.`);
    return { isTruth: true, evaluate: withNumbers(left.evaluate, right.evaluate, comparisons[sign]) };
  }

  private sum(): Part {
    return this.arithmetic(['+', '-'], () => this.product());
  }

  private product(): Part {
    return this.arithmetic(['*', '/'], () => this.factor());
  }

  private arithmetic(signs: (keyof typeof operations)[], next: () => Part): Part {
    let left = next();
    for (;;) {
      const sign = signs.find((one) => this.take(one));
      if (!sign) return left;
      const right = next();
      this.require(!left.isTruth && !right.isTruth, `“${sign}” stands between two numbers.`);
      left = { isTruth: false, evaluate: withNumbers(left.evaluate, right.evaluate, operations[sign]) };
    }
  }

  private factor(): Part {
    if (this.take('-')) {
      const { evaluate, isTruth } = this.deeper(() => this.factor());
      this.require(!isTruth, '“-” stands before a number.');
      return { isTruth: false, evaluate: withNumbers(() => 0, evaluate, operations['-']) };
    }
    if (this.take('(')) return this.closed(() => this.either());
    const token = this.tokens[this.at++];
    if (token === undefined) throw new ConditionError('The condition ends too early.');
    if (/^[\d.]/.test(token)) {
      const value = Number(token);
      return { isTruth: false, evaluate: () => value };
    }
    if (Object.hasOwn(functions, token) && this.take('(')) {
      const { evaluate, isTruth } = this.closed(() => this.sum());
      this.require(!isTruth, `${token} takes a number.`);
      const apply = functions[token as keyof typeof functions];
      return {
        isTruth: false,
        evaluate: withNumbers(
          evaluate,
          () => 0,
          (a) => apply(a),
        ),
      };
    }
    if (!Object.hasOwn(conditionNames, token)) throw new ConditionError(`“${token}” is no number that a job tells.`);
    const name = token as ConditionName;
    return { isTruth: false, evaluate: (numbers) => numbers[name] ?? null };
  }

  private closed(inner: () => Part): Part {
    const part = this.deeper(inner);
    if (!this.take(')')) throw new ConditionError('A bracket is not closed.');
    return part;
  }

  private deeper(inner: () => Part): Part {
    this.depth += 1;
    this.require(this.depth <= DEPTH_MAX, `Brackets go at most ${DEPTH_MAX} deep.`);
    const part = inner();
    this.depth -= 1;
    return part;
  }

  private take(token: string): boolean {
    const isHere = this.tokens[this.at] === token;
    if (isHere) this.at += 1;
    return isHere;
  }

  private require(isRight: boolean, complaint: string): void {
    if (!isRight) throw new ConditionError(complaint);
  }
}

interface Part {
  evaluate: Evaluate;
  /** A comparison, not a number. */
  isTruth: boolean;
}

const comparisons = {
  '<=': (a: number, b: number) => a <= b,
  '>=': (a: number, b: number) => a >= b,
  '==': (a: number, b: number) => a === b,
  '!=': (a: number, b: number) => a !== b,
  '<': (a: number, b: number) => a < b,
  '>': (a: number, b: number) => a > b,
} as const;

const operations = {
  '+': (a: number, b: number) => a + b,
  '-': (a: number, b: number) => a - b,
  '*': (a: number, b: number) => a * b,
  '/': (a: number, b: number) => a / b,
} as const;

/** Unknown where one of the two is, or where the outcome is no number. */
const withNumbers =
  (left: Evaluate, right: Evaluate, join: (a: number, b: number) => Value): Evaluate =>
  (numbers) => {
    const [a, b] = [left(numbers), right(numbers)];
    if (typeof a !== 'number' || typeof b !== 'number') return null;
    const value = join(a, b);
    return typeof value === 'number' && Number.isNaN(value) ? null : value;
  };
