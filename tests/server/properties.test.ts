import { existsSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { propertyIds } from '@/server/properties/ids';
import { propertyById } from '@/server/properties/registry';
import { protocols } from '@/server/schemas/settings';

const foldersOf = (path: string) =>
  readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();

test('the list of properties and their folders on the server agree', () => {
  expect(foldersOf('server/properties')).toEqual([...propertyIds].sort());
});

test.skipIf(!existsSync('app/properties'))('every property has its panels', () => {
  expect(foldersOf('app/properties')).toEqual([...propertyIds].sort());
});

test('the defaults of every property are settings that its schema takes', () => {
  for (const id of propertyIds) {
    const property = propertyById(id);
    expect(property.id).toBe(id);
    for (const protocol of protocols)
      for (const electronicType of ['metal', 'insulator', 'unknown'] as const) {
        const defaults = property.defaults({ protocol, electronicType });
        expect(property.settings.parse(defaults)).toEqual(defaults);
      }
  }
});
