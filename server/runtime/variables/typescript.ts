/** The message in which the kernel of TypeScript tells of variables: nobody else sees it. */
export const VARIABLES = 'brine_variables';

const NAMES_MAX = 400;

/**
 * Code of JavaScript that tells of the variables of these names, as far as they are there. It asks no object anything: getters, proxies
 * and methods of the person's stay untouched. What the last cell gave stays the value of `_`.
 */
export const typescriptCode = (names: readonly string[]): string => {
  const getters = names.slice(-NAMES_MAX).map((name) => `[${JSON.stringify(name)}, () => ${name}]`);
  return `await (async () => { ${program} await Deno.jupyter.broadcast(${JSON.stringify(VARIABLES)}, list([${getters.join(', ')}])); })()`;
};

const program = `
const VARIABLES_MAX = 200, VALUE_MAX = 160, ITEMS_MAX = 8;
const core = Deno[Deno.internal]?.core;
const isProxy = (value) => core?.isProxy?.(value) === true;
const cut = (text) => { const line = text.slice(0, VALUE_MAX * 4).replace(/\\s+/g, ' '); return line.length <= VALUE_MAX ? line : line.slice(0, VALUE_MAX - 1) + '\\u2026'; };
const own = (object, key) => { const found = Object.getOwnPropertyDescriptor(object, key); return found && 'value' in found ? found.value : undefined; };
const text = (value) => typeof value === 'string' ? value : '';
const show = (object, key, depth) => { const found = Object.getOwnPropertyDescriptor(object, key); return !found ? '' : 'value' in found ? short(found.value, depth) : '\u2026'; };
const dateOf = (value) => { try { const time = Date.prototype.getTime.call(value); return time === time ? Date.prototype.toISOString.call(value) : 'no date'; } catch { return null; } };
const tag = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag).get;
const lengthOf = (value) => Array.isArray(value) ? own(value, 'length') : typedLength.call(value);
const typedLength = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), 'length').get;
const sizeOf = (type, value) => { try { return Object.getOwnPropertyDescriptor(type.prototype, 'size').get.call(value); } catch { return null; } };
const nameOf = (value) => {
  if (isProxy(value)) return 'Proxy';
  for (let at = Object.getPrototypeOf(value), i = 0; at && !isProxy(at) && i < 20; at = Object.getPrototypeOf(at), i++) {
    const maker = own(at, 'constructor');
    if (typeof maker !== 'function' || isProxy(maker)) continue;
    const name = own(maker, 'name');
    return typeof name === 'string' && name ? name : 'object';
  }
  return 'object';
};
const short = (value, depth) => {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, VALUE_MAX));
  if (typeof value === 'bigint') return value > -(10n ** 60n) && value < 10n ** 60n ? value + 'n' : 'a large integer';
  if (Object.is(value, -0)) return '-0';
  if (typeof value === 'symbol') return 'a symbol';
  if (typeof value === 'function') return isProxy(value) ? '' : (text(own(value, 'name')) || 'function') + '()';
  if (value === null || typeof value !== 'object') return String(value);
  if (isProxy(value)) return '';
  const kind = tag.call(value);
  if (kind !== undefined || Array.isArray(value)) {
    if (depth > 2) return '[\\u2026]';
    const items = [];
    const length = lengthOf(value);
    for (let i = 0; i < length && i < ITEMS_MAX; i++) items.push(show(value, i, depth + 1));
    return '[' + items.join(', ') + (length > ITEMS_MAX ? ', \\u2026' : '') + ']';
  }
  for (const type of [Map, Set]) if (sizeOf(type, value) !== null) return type.name + '(' + sizeOf(type, value) + ')';
  const date = dateOf(value);
  if (date !== null) return date;
  if (/Error$/.test(nameOf(value))) return text(own(value, 'message'));
  if (depth > 1) return '{\\u2026}';
  const keys = Object.keys(value);
  const items = keys.slice(0, ITEMS_MAX).map((key) => key + ': ' + show(value, key, depth + 1));
  return '{ ' + items.join(', ') + (keys.length > ITEMS_MAX ? ', \\u2026' : '') + ' }';
};
const count = (n, word) => n + ' ' + word + (n === 1 ? '' : 's');
const measure = (value) => {
  if (typeof value === 'string') return count(value.length, 'character');
  if (value === null || typeof value !== 'object' || isProxy(value)) return null;
  if (tag.call(value) !== undefined || Array.isArray(value)) return count(lengthOf(value), 'item');
  for (const type of [Map, Set]) if (sizeOf(type, value) !== null) return count(sizeOf(type, value), 'item');
  return null;
};
const typeOf = (value) => value === null ? 'null' : typeof value === 'object' ? nameOf(value) : typeof value;
const list = (getters) => {
  const variables = [];
  for (const [name, get] of getters) {
    let value;
    try { value = get(); } catch { continue; }
    try { variables.push({ name, type: cut(typeOf(value)), value: cut(short(value, 0)), size: measure(value) }); }
    catch { variables.push({ name, type: typeof value, value: '', size: null }); }
  }
  return { variables: variables.slice(-VARIABLES_MAX), leftOut: Math.max(0, variables.length - VARIABLES_MAX) };
};
`;
