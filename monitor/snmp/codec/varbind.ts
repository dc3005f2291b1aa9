/**
 * Varbinds as an agent sent them, and small pure decoders for them. Whatever an agent sends is untrusted: a decoder gives
 * a value or null with the reason, and never throws. Types: SMIv2 (RFC 2578) as tagged on the wire (RFC 3416).
 */
export interface Varbind {
  oid: string;
  type: number;
  value: unknown;
}

export const asnType = {
  integer: 2,
  octetString: 4,
  null: 5,
  oid: 6,
  ipAddress: 64,
  counter32: 65,
  gauge32: 66,
  timeTicks: 67,
  opaque: 68,
  counter64: 70,
  sequence: 0x30,
  noSuchObject: 128,
  noSuchInstance: 129,
  endOfMibView: 130,
} as const;

/** Type of a varbind that could not be read; no tag has it. */
export const malformedType = -1;

export type Decoded<T> = { value: T; reason: null } | { value: null; reason: string };

/** Max. length of a text from an agent, in characters; the rest is cut off. */
export const maxTextLength = 4_096;

const numberTypes: ReadonlySet<number> = new Set([
  asnType.integer,
  asnType.counter32,
  asnType.gauge32,
  asnType.timeTicks,
]);

/** Whether the agent answered that it has no such object or row. */
export function isAbsent(varbind: Varbind): boolean {
  return (
    varbind.type === asnType.noSuchObject ||
    varbind.type === asnType.noSuchInstance ||
    varbind.type === asnType.endOfMibView
  );
}

function no<T>(varbind: Varbind, expected: string): Decoded<T> {
  if (isAbsent(varbind)) return { value: null, reason: `${varbind.oid}: not offered by the agent` };
  return { value: null, reason: `${varbind.oid}: ${describe(varbind)} where ${expected} was expected` };
}

function describe(varbind: Varbind): string {
  const { value } = varbind;
  if (typeof value === 'number') return `the number ${value}`;
  if (value instanceof Uint8Array) return `${value.length} bytes of type ${varbind.type}`;
  if (typeof value === 'string') return `"${value.slice(0, 40)}"`;
  if (varbind.type === malformedType) return 'something malformed';
  if (numberTypes.has(varbind.type)) return 'a malformed number';
  return `a value of type ${varbind.type}`;
}

/** A whole number of any of SMIv2's 32-bit types, within `min`..`max`. */
export function decodeInteger(varbind: Varbind, min = -(2 ** 31), max = 2 ** 32 - 1): Decoded<number> {
  const { value } = varbind;
  if (!numberTypes.has(varbind.type) || typeof value !== 'number') return no(varbind, 'a number');
  if (!Number.isInteger(value) || value < min || value > max) return no(varbind, `a number ${min} to ${max}`);
  return { value: value === 0 ? 0 : value, reason: null };
}

/** Hundredths of a percent (the vendor's gauges: 5000 is 50 %) as percent, 0..100. */
export function decodeHundredthsPercent(varbind: Varbind): Decoded<number> {
  const whole = decodeInteger(varbind, 0, 10_000);
  return whole.value === null ? whole : { value: whole.value / 100, reason: null };
}

/** TimeTicks (hundredths of a second, wraps after 497 days) as milliseconds. */
export function decodeTicksMs(varbind: Varbind): Decoded<number> {
  if (varbind.type !== asnType.timeTicks) return no(varbind, 'TimeTicks');
  const ticks = decodeInteger(varbind, 0);
  return ticks.value === null ? ticks : { value: ticks.value * 10, reason: null };
}

/**
 * Control characters except the line feed, and those that change the writing direction: an agent's text must not bring escape
 * sequences to a terminal or log, nor reorder the text around it.
 */
const controls = /(?!\n)[\p{Cc}\p{Bidi_Control}]/gu;

/** Text, without control characters (line ends stay), cut at `maxLength`. A number is not text. */
export function decodeText(varbind: Varbind, maxLength = maxTextLength): Decoded<string> {
  const { value } = varbind;
  if (varbind.type !== asnType.octetString || !(value instanceof Uint8Array)) return no(varbind, 'text');
  const plain = plainText(value);
  if (plain !== null && plain.length <= maxLength) return { value: plain.trim(), reason: null };
  const bytes = Buffer.from(value.buffer, value.byteOffset, Math.min(value.byteLength, maxLength * 4));
  const text = bytes.toString('utf8').replace(/\r\n?/g, '\n').replace(controls, ' ');
  return { value: text.slice(0, maxLength).trim(), reason: null };
}

/** Printable ASCII, as most texts are, needs no clean-up; null for any other text. */
function plainText(bytes: Uint8Array): string | null {
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if ((byte < 0x20 || byte > 0x7e) && byte !== lineFeed) return null;
  }
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

/** Counter32 or Counter64 as a bigint. Counter64 comes as its bytes, leading zero byte included or not. */
export function decodeCounter(varbind: Varbind, bits: 32 | 64): Decoded<bigint> {
  const { value } = varbind;
  if (bits === 32) {
    if (varbind.type !== asnType.counter32) return no(varbind, 'a Counter32');
    const whole = decodeInteger(varbind, 0);
    return whole.value === null ? whole : { value: BigInt(whole.value), reason: null };
  }
  if (varbind.type !== asnType.counter64 || !(value instanceof Uint8Array)) return no(varbind, 'a Counter64');
  let length = value.length;
  let start = 0;
  while (length > 8 && value[start] === 0) {
    start += 1;
    length -= 1;
  }
  if (length < 1 || length > 8) return no(varbind, 'a Counter64 of 1 to 8 bytes');
  let high = 0;
  let low = 0;
  for (let at = start; at < value.length; at += 1) {
    const byte = value[at] ?? 0;
    if (value.length - at > 4) high = high * 256 + byte;
    else low = low * 256 + byte;
  }
  return { value: high === 0 ? BigInt(low) : BigInt(high) * 4_294_967_296n + BigInt(low), reason: null };
}

/** IF-MIB status columns: 1 is up, 2 is down; testing and the rest are neither. */
export function decodeUp(varbind: Varbind): Decoded<boolean> {
  const status = decodeInteger(varbind, 1, 7);
  if (status.value === null) return status;
  if (status.value === 1) return { value: true, reason: null };
  // dormant, notPresent and lowerLayerDown carry no traffic either (RFC 2863, ifOperStatus).
  if (status.value === 2 || status.value >= 5) return { value: false, reason: null };
  return { value: null, reason: `${varbind.oid}: status ${status.value} is neither up nor down` };
}

/** Whether `oid` is `base` itself or below it. */
export function isUnder(oid: string, base: string): boolean {
  return oid.startsWith(base) && (oid.length === base.length || oid.charCodeAt(base.length) === 46);
}

/** What follows `base` in `oid`, without the dot; empty for `base` itself. */
export function suffixOf(oid: string, base: string): string {
  return oid.slice(base.length + 1);
}

/** Order of two OIDs in a MIB (lexicographic by number): negative, zero or positive. */
export function compareOids(a: string, b: string): number {
  let atA = 0;
  let atB = 0;
  while (atA < a.length && atB < b.length) {
    let left = 0;
    let right = 0;
    for (; atA < a.length && a.charCodeAt(atA) !== dot; atA += 1) left = left * 10 + a.charCodeAt(atA) - zero;
    for (; atB < b.length && b.charCodeAt(atB) !== dot; atB += 1)
      right = right * 10 + b.charCodeAt(atB) - zero;
    if (left !== right) return left - right;
    atA += 1;
    atB += 1;
  }
  return (atA < a.length ? 1 : 0) - (atB < b.length ? 1 : 0);
}

const lineFeed = 10;
const dot = 46;
const zero = 48;
