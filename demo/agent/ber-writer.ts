import { tag } from './tags';

/**
 * Writes BER from the end to the front, so that every length is known when it is written and nothing is moved. Call in
 * reverse order: the last value first, then `wrap` what was written since a mark.
 */
export class BerWriter {
  private readonly bytes: Buffer;
  private position: number;
  /** The mark at the end of the buffer. */
  readonly end: number;

  constructor(capacity: number) {
    this.bytes = Buffer.allocUnsafe(capacity);
    this.end = capacity;
    this.position = capacity;
  }

  /** The current position; a later `wrap(mark)` includes everything written after it. */
  mark(): number {
    return this.position;
  }

  /** How many bytes have been written since a mark. */
  since(mark: number): number {
    return mark - this.position;
  }

  /** A copy of all that was written. */
  finish(): Buffer {
    return Buffer.from(this.bytes.subarray(this.position));
  }

  /** Puts tag and length before everything written since the mark. */
  wrap(valueTag: number, mark: number): void {
    const length = mark - this.position;
    if (length < 0x80) {
      this.byte(length);
    } else {
      let rest = length;
      let count = 0;
      for (; rest > 0; rest = Math.floor(rest / 256), count++) this.byte(rest & 0xff);
      this.byte(0x80 | count);
    }
    this.byte(valueTag);
  }

  /** Bytes without a tag. */
  raw(content: Buffer): void {
    this.position -= content.length;
    if (this.position < 0) throw new RangeError('The message does not fit its buffer');
    content.copy(this.bytes, this.position);
  }

  /** A value whose content is encoded already. */
  value(valueTag: number, content: Buffer): void {
    const mark = this.position;
    this.raw(content);
    this.wrap(valueTag, mark);
  }

  /** Text as UTF-8. */
  text(content: string): void {
    this.value(tag.octetString, Buffer.from(content, 'utf8'));
  }

  /** An integer in as few bytes as it needs; unsigned SNMP types too (a leading zero keeps them positive). */
  integer(value: number, valueTag: number = tag.integer): void {
    const mark = this.position;
    let rest = value;
    do {
      this.byte(((rest % 256) + 256) % 256);
      rest = Math.floor(rest / 256);
    } while (rest !== 0 && rest !== -1);
    const top = this.bytes[this.position] ?? 0;
    if (value >= 0 && top >= 0x80) this.byte(0);
    if (value < 0 && top < 0x80) this.byte(0xff);
    this.wrap(valueTag, mark);
  }

  /** A 64-bit counter. */
  counter64(value: bigint): void {
    const mark = this.position;
    const content = Buffer.allocUnsafe(9);
    content[0] = 0;
    content.writeBigUInt64BE(value, 1);
    let start = 0;
    while (start < 8 && content[start] === 0 && (content[start + 1] ?? 0) < 0x80) start++;
    this.raw(content.subarray(start));
    this.wrap(tag.counter64, mark);
  }

  private byte(value: number): void {
    this.position -= 1;
    if (this.position < 0) throw new RangeError('The message does not fit its buffer');
    this.bytes[this.position] = value;
  }
}

/** Encodes an object identifier's content (X.690 section 8.19). */
export function encodeOid(numbers: readonly number[]): Buffer {
  const bytes: number[] = [];
  const [first = 0, second = 0, ...rest] = numbers;
  for (const number of [first * 40 + second, ...rest]) {
    const part = [number % 128];
    for (let high = Math.floor(number / 128); high > 0; high = Math.floor(high / 128)) {
      part.unshift(0x80 | (high % 128));
    }
    bytes.push(...part);
  }
  return Buffer.from(bytes);
}
