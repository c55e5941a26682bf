// Writes prisma/migrations/NNNN_NAME/migration.sql: what leads from the schema in git's HEAD to the one in the working tree.
// usage: node scripts/make-migration.mjs NAME [--from-nothing]
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { diffSchemas } from './prisma-diff.mjs';

const [name, flag] = process.argv.slice(2);
if (!name || !/^[a-z0-9_]+$/.test(name)) {
  console.error('usage: node scripts/make-migration.mjs NAME [--from-nothing]   (NAME: lower case, digits, _)');
  process.exit(2);
}
const committed =
  flag === '--from-nothing' ? null : execFileSync('git', ['show', 'HEAD:prisma/schema.prisma'], { encoding: 'utf8' });
const { differs, sql } = await diffSchemas(committed, readFileSync('prisma/schema.prisma', 'utf8'));
if (!differs) {
  console.error('The schema has not changed.');
  process.exit(0);
}
const count = readdirSync('prisma/migrations', { withFileTypes: true }).filter((entry) => entry.isDirectory()).length;
const folder = `prisma/migrations/${String(count + 1).padStart(4, '0')}_${name}`;
mkdirSync(folder, { recursive: true });
writeFileSync(`${folder}/migration.sql`, sql);
console.error(`${folder}/migration.sql`);
