const empty = Buffer.alloc(0);
const integerTag = 0x02;

/**
 * Reads BER as SNMP uses it (X.690, RFC 3417 section 8) from untrusted bytes: strictly forward, never beyond the enclosing
 * value, and without throwing. After the first error `bad` is set and every method returns an empty value, so a caller
 * checks once, at the end.
 */
export class BerReader {
  bad = false;

  constructor(
    readonly bytes: Buffer,
    /** Offset of the next value. */
    public at = 0,
    /** Where the enclosing value ends. */
    public end = bytes.length,
  ) {}

  /** Whether nothing is left, or nothing that can be read. */
  get ended(): boolean {
    return this.bad || this.at >= this.end;
  }

  /** The tag of the next value; -1 at the end. */
  peek(): number {
    return this.ended ? -1 : (this.bytes[this.at] ?? -1);
  }

  /** Steps into the next value. Returns the enclosing value's end, which `leave` needs. */
  enter(tag: number): number {
    const outer = this.end;
    const inner = this.header(tag);
    if (!this.bad) this.end = inner;
    return outer;
  }

  /** `enter` for a value that may be cut off: it ends at the latest where the enclosing one does. */
  enterCutOff(tag: number): number {
    const { bytes, at, end } = this;
    const outer = this.enter(tag);
    const first = bytes[at + 1] ?? 0;
    const from = at + 2 + (first > 0x80 && first <= 0x84 ? first & 0x7f : 0);
    if (!this.bad || bytes[at] !== tag || from > end) return outer;
    this.bad = false;
    this.at = from;
    this.end = end;
    return outer;
  }

  /** Steps behind the value that `enter` opened; what was not read of it is skipped. */
  leave(outer: number): void {
    if (this.bad) return;
    this.at = this.end;
    this.end = outer;
  }

  /** The content of the next value, a view. */
  content(tag: number, maxLength = Infinity): Buffer {
    const to = this.header(tag);
    const from = this.at;
    if (!this.bad && to - from > maxLength) this.fail();
    if (this.bad) return empty;
    this.at = to;
    return this.bytes.subarray(from, to);
  }

  /** The next value with its tag and length, a view. */
  whole(tag: number): Buffer {
    const from = this.at;
    const to = this.header(tag);
    if (this.bad) return empty;
    this.at = to;
    return this.bytes.subarray(from, to);
  }

  skip(tag: number): void {
    const to = this.header(tag);
    if (!this.bad) this.at = to;
  }

  /** A number of 32 bits, signed or not; 0 when there is none. */
  integer(tag: number = integerTag): number {
    const to = this.header(tag);
    const length = to - this.at;
    if (this.bad || length < 1 || length > 5) return this.fail();
    const value = this.bytes.readIntBE(this.at, length);
    if (value < -(2 ** 31) || value >= 2 ** 32) return this.fail();
    this.at = to;
    return value;
  }

  /** Moves to the next value's content; returns where that ends. */
  private header(tag: number): number {
    const { bytes, at, end } = this;
    const first = bytes[at + 1] ?? 0;
    if (this.bad || at + 2 > end || bytes[at] !== tag) return this.fail();
    let from = at + 2;
    let length = first;
    if (first >= 0x80) {
      const count = first & 0x7f;
      if (count < 1 || count > 4 || from + count > end) return this.fail();
      length = bytes.readUIntBE(from, count);
      from += count;
    }
    if (from + length > end) return this.fail();
    this.at = from;
    return from + length;
  }

  private fail(): 0 {
    this.bad = true;
    return 0;
  }
}
