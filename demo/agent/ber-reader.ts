import { tag } from './tags';

/** Bytes that are not BER as SNMP uses it. */
export class BerError extends Error {}

/**
 * Reads BER strictly and never beyond its bytes. The demo agent has its own codec on purpose: two ends with one codec would
 * share its mistakes (docs/adr/0002-the-demo-has-agents-of-its-own.md).
 */
export class BerReader {
  private position = 0;

  constructor(private readonly bytes: Buffer) {}

  /** True when nothing is left. */
  get ended(): boolean {
    return this.position >= this.bytes.length;
  }

  /** The tag that comes next. */
  peekTag(): number {
    const next = this.bytes[this.position];
    if (next === undefined) throw new BerError('The message ends where a value should begin');
    return next;
  }

  /** The content of the next value, which must have this tag. A view, not a copy. */
  content(expectedTag: number): Buffer {
    const found = this.peekTag();
    if (found !== expectedTag) {
      throw new BerError(`Expected tag 0x${expectedTag.toString(16)}, found 0x${found.toString(16)}`);
    }
    this.position += 1;
    const length = this.length();
    const end = this.position + length;
    if (end > this.bytes.length) throw new BerError('A value is longer than the message');
    const content = this.bytes.subarray(this.position, end);
    this.position = end;
    return content;
  }

  /** The next value with its tag and length, which must have this tag. */
  whole(expectedTag: number): Buffer {
    const start = this.position;
    this.content(expectedTag);
    return this.bytes.subarray(start, this.position);
  }

  /** A reader for the inside of the next value. */
  inside(expectedTag: number): BerReader {
    return new BerReader(this.content(expectedTag));
  }

  /** A signed integer of at most 32 bits. */
  integer(): number {
    const content = this.content(tag.integer);
    if (content.length < 1 || content.length > 4) throw new BerError('An integer must have 1 to 4 bytes');
    return content.readIntBE(0, content.length);
  }

  /** An object identifier as its numbers. */
  oid(): number[] {
    return decodeOid(this.content(tag.oid));
  }

  /** Skips the next value, whatever it is. */
  skip(): void {
    this.content(this.peekTag());
  }

  private length(): number {
    const first = this.bytes[this.position];
    if (first === undefined) throw new BerError('A length is missing');
    this.position += 1;
    if (first < 0x80) return first;
    const count = first & 0x7f;
    if (count < 1 || count > 4 || this.position + count > this.bytes.length)
      throw new BerError('A length is not valid');
    const length = this.bytes.readUIntBE(this.position, count);
    this.position += count;
    return length;
  }
}

/** Decodes an object identifier's content (X.690 section 8.19). */
export function decodeOid(content: Buffer): number[] {
  const numbers: number[] = [];
  let value = 0;
  let open = false;
  for (const byte of content) {
    if (value > 0x01ffffff) throw new BerError('A part of an object identifier is larger than 32 bits');
    value = value * 128 + (byte & 0x7f);
    open = byte >= 0x80;
    if (!open) {
      if (numbers.length === 0) {
        const root = value < 40 ? 0 : value < 80 ? 1 : 2;
        numbers.push(root, value - root * 40);
      } else {
        numbers.push(value);
      }
      value = 0;
    }
  }
  if (open || numbers.length === 0 || numbers.length > 128)
    throw new BerError('An object identifier is not valid');
  return numbers;
}
