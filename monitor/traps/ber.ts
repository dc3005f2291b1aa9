/**
 * BER as SNMP uses it, for packets from anybody: reads strictly forward, never beyond its bytes, and never throws. After the
 * first mistake a reader is `bad` and gives empty values, so a caller looks once, at the end.
 */
export const tag = {
  integer: 0x02,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  sequence: 0x30,
  ipAddress: 0x40,
  counter32: 0x41,
  gauge32: 0x42,
  timeTicks: 0x43,
  response: 0xa2,
  getRequest: 0xa0,
  inform: 0xa6,
  trap: 0xa7,
  report: 0xa8,
} as const;

const empty = Buffer.alloc(0);
const mostSubIdentifiers = 128;

export class BerReader {
  bad = false;
  private at = 0;

  constructor(private readonly bytes: Buffer) {}

  /** Nothing is left, or nothing that can be read. */
  get ended(): boolean {
    return this.bad || this.at >= this.bytes.length;
  }

  /** The next tag; -1 at the end. */
  peek(): number {
    return this.bytes[this.at] ?? -1;
  }

  /** The next value's content, a view. `longest` bounds it. */
  content(expected: number, longest = Infinity): Buffer {
    const { bytes } = this;
    const first = bytes[this.at + 1];
    if (this.bad || bytes[this.at] !== expected || first === undefined) return this.fail();
    let from = this.at + 2;
    let length = first;
    if (first >= 0x80) {
      const count = first & 0x7f;
      if (count < 1 || count > 4 || from + count > bytes.length) return this.fail();
      length = bytes.readUIntBE(from, count);
      from += count;
    }
    if (length > longest || from + length > bytes.length) return this.fail();
    this.at = from + length;
    return bytes.subarray(from, this.at);
  }

  /** The next value with its tag and length, a view. */
  whole(expected: number): Buffer {
    const from = this.at;
    this.content(expected);
    return this.bad ? empty : this.bytes.subarray(from, this.at);
  }

  /** A reader for the inside of the next value. A mistake in there is not told to this one. */
  inside(expected: number): BerReader {
    const inner = new BerReader(this.content(expected));
    inner.bad = this.bad;
    return inner;
  }

  /** A number of 32 bits, signed or not. */
  integer(expected: number = tag.integer): number {
    const content = this.content(expected, 5);
    if (content.length < 1) return this.fail().length;
    const value = content.readIntBE(0, content.length);
    if (value < -(2 ** 31) || value >= 2 ** 32) return this.fail().length;
    return value;
  }

  /** An object identifier, dotted, without a leading dot (X.690 section 8.19). */
  oid(): string {
    const content = this.content(tag.oid, mostSubIdentifiers * 5);
    const parts: number[] = [];
    let value = 0;
    let open = false;
    for (const byte of content) {
      value = value * 128 + (byte & 0x7f);
      if (value >= 2 ** 32 || parts.length > mostSubIdentifiers) return this.fail().toString();
      open = byte >= 0x80;
      if (open) continue;
      if (parts.length === 0) {
        const root = value < 40 ? 0 : value < 80 ? 1 : 2;
        parts.push(root, value - root * 40);
      } else parts.push(value);
      value = 0;
    }
    if (open || parts.length === 0) return this.fail().toString();
    return parts.join('.');
  }

  private fail(): Buffer {
    this.bad = true;
    return empty;
  }
}

/** A value: tag, length, and its parts one after another. */
export function tlv(type: number, ...parts: readonly Buffer[]): Buffer {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const octets: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256);
  const head = length < 0x80 ? [type, length] : [type, 0x80 | octets.length, ...octets];
  return Buffer.concat([Buffer.from(head), ...parts]);
}

/** A whole number that is not negative, of at most 32 bits. */
export function unsigned(value: number, type: number = tag.integer): Buffer {
  const octets: number[] = [];
  let rest = value;
  do {
    octets.unshift(rest % 256);
    rest = Math.floor(rest / 256);
  } while (rest > 0);
  if ((octets[0] ?? 0) >= 0x80) octets.unshift(0);
  return tlv(type, Buffer.from(octets));
}

/** An object identifier whose parts after the second are below 2^32. */
export function oidValue(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const octets = [first * 40 + second, ...rest].flatMap((part) => {
    const groups = [part % 128];
    for (let high = Math.floor(part / 128); high > 0; high = Math.floor(high / 128))
      groups.unshift(0x80 | (high % 128));
    return groups;
  });
  return tlv(tag.oid, Buffer.from(octets));
}
