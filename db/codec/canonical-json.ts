/**
 * JSON in exactly one form: no white space, keys sorted by UTF-16 code units, numbers and strings as ECMAScript writes
 * them (the rules of RFC 8785). Keys whose value is undefined are left out, as JSON does. Throws on what JSON cannot say:
 * NaN, infinities, functions, undefined in a list.
 */
export function canonicalJson(value: unknown): string {
  return write(value, '');
}

function write(value: unknown, place: string): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  if (Array.isArray(value)) {
    return `[${value.map((item: unknown, index) => write(item, `${place}/${index}`)).join(',')}]`;
  }
  if (isPlainObject(value)) {
    const members = Object.keys(value)
      .filter((key) => value[key] !== undefined)
      .sort()
      .map((key) => `${JSON.stringify(key)}:${write(value[key], `${place}/${key}`)}`);
    return `{${members.join(',')}}`;
  }
  throw new TypeError(`${place || '/'}: JSON has no way to write ${describe(value)}`);
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function describe(value: unknown): string {
  return typeof value === 'number' ? String(value) : `a value of type ${typeof value}`;
}
