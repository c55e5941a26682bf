/** A filter of OPTIMADE 1.2 with the additions of 1.3, as a tree. */
export type Filter =
  | { is: 'all' | 'any'; of: Filter[] }
  | { is: 'not'; of: Filter }
  | { is: 'compare'; left: Operand; operator: ComparisonOperator; right: Operand }
  /** A property whose value is a truth, standing alone (1.3). */
  | { is: 'true'; property: Property }
  | { is: 'known'; property: Property; isKnown: boolean }
  | { is: 'match'; property: Property; operator: MatchOperator; value: Operand }
  /** One list, or several side by side; each of `of` has a condition for each list. */
  | { is: 'has'; properties: Property[]; quantity: HasQuantity; of: ItemCondition[][] }
  | { is: 'length'; property: Property; operator: ComparisonOperator; value: Constant };

export type ComparisonOperator = '=' | '!=' | '<' | '<=' | '>' | '>=';
export type MatchOperator = 'contains' | 'starts' | 'ends';
export type HasQuantity = 'one' | 'all' | 'any' | 'only';

/** Names from the entry inwards: `species.mass` is ["species", "mass"]. */
export interface Property {
  is: 'property';
  path: string[];
}

export type Constant =
  | { is: 'string'; value: string }
  /** `text` as it was written: what is compared with an integer must be one. */
  | { is: 'number'; value: number; text: string }
  | { is: 'boolean'; value: boolean };

export type Operand = Constant | Property;

export interface ItemCondition {
  operator: ComparisonOperator | MatchOperator;
  value: Operand;
}

/** The text is no filter. `position` counts characters from 0. */
export class FilterSyntaxError extends Error {
  override readonly name = 'FilterSyntaxError';
  constructor(
    reason: string,
    readonly position: number,
  ) {
    super(`The filter cannot be read at character ${position + 1}: ${reason}.`);
  }
}
