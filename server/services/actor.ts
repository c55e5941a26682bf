/** Who asks, and in which project. Every service takes one first. */
export interface Actor {
  userId: string;
  projectId: string;
  /** What a token may do; null for a person in a browser, who may do all. */
  scopes: readonly Scope[] | null;
}

/** `compute` is the part of `write` that code in notebooks needs: bring in structures, submit and stop calculations. */
export type Scope = 'read' | 'compute' | 'write';

/** Whether a token may do that; a person may. */
export const isAllowed = ({ scopes }: Pick<Actor, 'scopes'>, need: Scope): boolean =>
  !scopes || scopes.includes(need) || (need === 'compute' && scopes.includes('write'));
