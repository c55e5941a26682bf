/** Who asks, and in which project. Every service takes one first. */
export interface Actor {
  userId: string;
  projectId: string;
  /** What a token may do; null for a person in a browser, who may do all. */
  scopes: readonly Scope[] | null;
}

export type Scope = 'read' | 'write';
