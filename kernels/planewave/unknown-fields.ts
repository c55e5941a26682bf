/**
 * Names of fields that someone wrote and the schema left out, as `dos.stepEv`: a slip of the pen would otherwise change a
 * calculation without a word. Lists are not looked into.
 */
export function unknownFields(written: unknown, parsed: unknown, path = ''): string[] {
  if (!isRecord(written) || !isRecord(parsed)) return [];
  return Object.entries(written).flatMap(([name, value]) =>
    name in parsed ? unknownFields(value, parsed[name], `${path}${name}.`) : [`${path}${name}`.slice(0, 80)],
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
