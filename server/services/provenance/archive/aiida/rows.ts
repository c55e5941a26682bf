/**
 * What is read of an AiiDA archive's database (aiida-core 2, storage `sqlite_zip`, schema main_0000 to main_0003), all of it as the text
 * that SQLite has; nothing of it is trusted before `convert.ts` has checked it.
 */
export interface AiidaRows {
  nodes: AiidaNode[];
  links: AiidaLink[];
  comments: { node: number; text: string; author: string | null }[];
  /** What is counted, to be told that it is left out. */
  left: { groups: string[]; logs: number; extras: number };
}

export interface AiidaNode {
  id: number;
  uuid: string;
  type: string;
  label: string | null;
  description: string | null;
  createdAt: string | null;
  changedAt: string | null;
  /** JSON; null where it is longer than is read. */
  attributes: string | null;
  repository: string | null;
}

export interface AiidaLink {
  input: number;
  output: number;
  label: string;
  type: string;
}

export type Reply = { rows: AiidaRows } | { refusal: string };
