import { existsSync, readFileSync } from 'node:fs';

const folder = '../shared/reference/optimade';
export const hasVectors = existsSync(folder);

/** A file of the upstream suites' vectors; empty where they are not beside the project. */
export const vectors = <Vector>(name: string): Vector[] =>
  hasVectors ? JSON.parse(readFileSync(`${folder}/${name}.json`, 'utf8')) : [];
