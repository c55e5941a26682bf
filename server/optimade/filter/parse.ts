import {
  type ComparisonOperator,
  type Constant,
  type Filter,
  FilterSyntaxError,
  type HasQuantity,
  type ItemCondition,
  type MatchOperator,
  type Operand,
  type Property,
} from './filter';
import { type Keyword, type Token, tokenize } from './tokens';

/** Longer texts, deeper brackets and more conditions than anybody writes are refused before they cost anything. */
export const FILTER_TEXT_MAX = 10_000;
const DEPTH_MAX = 50;
const CONDITIONS_MAX = 500;

/**
 * A filter of the OPTIMADE grammar 1.2, with all that it leaves to choice (constants first, properties on the right, HAS ONLY, lists side by
 * side, operators in lists and before lengths) and what 1.3 adds: a truth standing alone, and CONTAINS, STARTS, ENDS within HAS.
 * Where published parsers disagree the grammar's text decides. Throws FilterSyntaxError.
 */
export function parseFilter(text: string): Filter {
  if (text.length > FILTER_TEXT_MAX)
    throw new FilterSyntaxError(`it is longer than ${FILTER_TEXT_MAX} characters`, FILTER_TEXT_MAX);
  return new Parser(tokenize(text)).filter();
}

const comparisonOperators = new Set<string>(['=', '!=', '<', '<=', '>', '>=']);
const mirrored = { '=': '=', '!=': '!=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const;

class Parser {
  private index = 0;
  private depth = 0;
  private conditions = 0;

  constructor(private readonly tokens: Token[]) {}

  filter(): Filter {
    const filter = this.anyOf();
    if (this.next.is !== 'end') throw this.wrong('AND, OR or the end');
    return filter;
  }

  private anyOf(): Filter {
    return this.joined('OR', 'any', () => this.joined('AND', 'all', () => this.phrase()));
  }

  private joined(word: Keyword, is: 'all' | 'any', part: () => Filter): Filter {
    const of = [part()];
    while (this.takeWord(word)) of.push(part());
    return of.length === 1 ? of[0]! : { is, of };
  }

  private phrase(): Filter {
    if (this.takeWord('NOT')) return { is: 'not', of: this.bare() };
    return this.bare();
  }

  private bare(): Filter {
    if (!this.takeSign('(')) return this.comparison();
    if (++this.depth > DEPTH_MAX)
      throw new FilterSyntaxError(`brackets stand more than ${DEPTH_MAX} deep`, this.next.at);
    const inner = this.anyOf();
    this.depth--;
    this.requireSign(')');
    return inner;
  }

  private comparison(): Filter {
    if (++this.conditions > CONDITIONS_MAX)
      throw new FilterSyntaxError(`it has more than ${CONDITIONS_MAX} conditions`, this.next.at);
    const constant = this.takeConstant();
    if (constant) return this.constantFirst(constant);
    const property = this.property();
    const operator = this.takeOperator();
    if (operator) return this.compared(property, operator, this.operand());
    const match = this.takeMatch();
    if (match) return { is: 'match', property, operator: match, value: this.operand() };
    if (this.takeWord('IS')) return { is: 'known', property, isKnown: this.knownOrUnknown() };
    if (this.takeWord('LENGTH')) return this.length(property);
    const properties = [property];
    while (this.takeSign(':')) properties.push(this.property());
    if (this.takeWord('HAS')) return this.has(properties);
    if (properties.length > 1) throw this.wrong('HAS');
    return { is: 'true', property };
  }

  /** `5 < nsites` is kept as `nsites > 5`. */
  private constantFirst(constant: Constant): Filter {
    const operator = this.takeOperator();
    if (!operator) throw this.wrong('one of = != < <= > >=');
    const right = this.operand();
    return right.is === 'property'
      ? this.compared(right, mirrored[operator], constant)
      : this.compared(constant, operator, right);
  }

  private compared(left: Operand, operator: ComparisonOperator, right: Operand): Filter {
    return { is: 'compare', left, operator, right };
  }

  private knownOrUnknown(): boolean {
    if (this.takeWord('KNOWN')) return true;
    if (this.takeWord('UNKNOWN')) return false;
    throw this.wrong('KNOWN or UNKNOWN');
  }

  private length(property: Property): Filter {
    const operator = this.takeOperator() ?? '=';
    const value = this.takeConstant();
    if (!value || value.is === 'boolean') throw this.wrong('a number');
    return { is: 'length', property, operator, value };
  }

  private has(properties: Property[]): Filter {
    const quantity = this.quantity();
    const of = [this.itemConditions(properties.length)];
    if (quantity !== 'one') while (this.takeSign(',')) of.push(this.itemConditions(properties.length));
    return { is: 'has', properties, quantity, of };
  }

  private quantity(): HasQuantity {
    if (this.takeWord('ALL')) return 'all';
    if (this.takeWord('ANY')) return 'any';
    if (this.takeWord('ONLY')) return 'only';
    return 'one';
  }

  /** `"H":>6`: one condition for each of the lists that stand side by side. */
  private itemConditions(count: number): ItemCondition[] {
    if (++this.conditions > CONDITIONS_MAX)
      throw new FilterSyntaxError(`it has more than ${CONDITIONS_MAX} conditions`, this.next.at);
    const conditions: ItemCondition[] = [];
    do {
      const operator = this.takeOperator() ?? this.takeMatch() ?? '=';
      conditions.push({ operator, value: this.operand() });
    } while (this.takeSign(':'));
    if (conditions.length !== count)
      throw new FilterSyntaxError(`${count} values belong together here, not ${conditions.length}`, this.next.at);
    return conditions;
  }

  private operand(): Operand {
    return this.takeConstant() ?? this.property();
  }

  private property(): Property {
    const path = [this.name()];
    while (this.takeSign('.')) path.push(this.name());
    return { is: 'property', path };
  }

  private name(): string {
    const token = this.next;
    if (token.is !== 'name') throw this.wrong('the name of a property');
    this.index++;
    return token.text;
  }

  private takeConstant(): Constant | undefined {
    const token = this.next;
    if (token.is === 'string' || token.is === 'number') {
      this.index++;
      return token.is === 'string'
        ? { is: 'string', value: token.value }
        : { is: 'number', value: token.value, text: token.text };
    }
    if (this.takeWord('TRUE')) return { is: 'boolean', value: true };
    if (this.takeWord('FALSE')) return { is: 'boolean', value: false };
    return undefined;
  }

  private takeOperator(): ComparisonOperator | undefined {
    const token = this.next;
    if (token.is !== 'sign' || !comparisonOperators.has(token.text)) return undefined;
    this.index++;
    return token.text as ComparisonOperator;
  }

  private takeMatch(): MatchOperator | undefined {
    if (this.takeWord('CONTAINS')) return 'contains';
    const match = this.takeWord('STARTS') ? 'starts' : this.takeWord('ENDS') ? 'ends' : undefined;
    if (match) this.takeWord('WITH');
    return match;
  }

  private takeWord(word: Keyword): boolean {
    const token = this.next;
    const isIt = token.is === 'word' && token.text === word;
    if (isIt) this.index++;
    return isIt;
  }

  private takeSign(sign: string): boolean {
    const token = this.next;
    const isIt = token.is === 'sign' && token.text === sign;
    if (isIt) this.index++;
    return isIt;
  }

  private requireSign(sign: string): void {
    if (!this.takeSign(sign)) throw this.wrong(`"${sign}"`);
  }

  private get next(): Token {
    return this.tokens[this.index]!;
  }

  private wrong(expected: string): FilterSyntaxError {
    const token = this.next;
    const found = token.is === 'end' ? 'the end' : `"${'text' in token ? token.text : token.value}"`.slice(0, 60);
    return new FilterSyntaxError(`${expected} was expected, and ${found} stands there`, token.at);
  }
}
