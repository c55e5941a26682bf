import type { Dataset } from '@/generated/prisma/client';
import { OWN_PREFIX } from './prefixes';

/** The version of the specification that is served. */
export const API_VERSION = '1.2.0';
/** What stands between the dataset and the endpoint in an address. */
export const versionSegments = ['v1', 'v1.2', `v${API_VERSION}`];

/** The part of a dataset that answers speak of. */
export type ServedDataset = Pick<
  Dataset,
  | 'id'
  | 'slug'
  | 'title'
  | 'version'
  | 'description'
  | 'licence'
  | 'citation'
  | 'properties'
  | 'entryCount'
  | 'revision'
  | 'updatedAt'
>;

/** What an answer needs to know of who serves it and how it was reached. */
export interface Site {
  /** Without a slash at its end: "http://localhost:3000/optimade". */
  root: string;
  softwareVersion: string;
}

export const provider = {
  name: 'Brine',
  description: 'Computed databases of this Brine platform',
  prefix: OWN_PREFIX,
} as const;
