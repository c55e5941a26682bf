import 'server-only';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type GuideId, guideTitles } from './guide-ids';
import { parseGuide } from './parse-guide';

/** A guide of docs/, read where the platform runs. */
export async function readGuide(id: GuideId) {
  const path = join(/* turbopackIgnore: true */ process.cwd(), 'docs', `${id}.md`);
  return parseGuide(await readFile(path, 'utf8'));
}

export const isGuide = (id: string): id is GuideId => id in guideTitles;
