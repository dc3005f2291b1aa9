/** Octets of a value whose content has `length` octets, below 65536. */
export function sized(length: number): number {
  return length < 0x80 ? length + 2 : length < 0x100 ? length + 3 : length + 4;
}

/** Octets of an INTEGER's shortest content, for -2^31 to 2^32 - 1 (X.690 section 8.3). */
function integerOctets(value: number): number {
  const magnitude = value < 0 ? -value - 1 : value;
  return magnitude < 0x80
    ? 1
    : magnitude < 0x8000
      ? 2
      : magnitude < 0x80_0000
        ? 3
        : magnitude < 0x8000_0000
          ? 4
          : 5;
}

/** Octets of a whole INTEGER. */
export function sizedInteger(value: number): number {
  return integerOctets(value) + 2;
}

/** Writes BER forward into a buffer whose size was computed before. */
export class BerWriter {
  readonly bytes: Buffer;
  at = 0;

  constructor(size: number) {
    this.bytes = Buffer.allocUnsafe(size);
  }

  head(tag: number, length: number): void {
    const { bytes } = this;
    bytes[this.at++] = tag;
    if (length >= 0x100) {
      bytes[this.at++] = 0x82;
      bytes[this.at++] = length >> 8;
    } else if (length >= 0x80) bytes[this.at++] = 0x81;
    bytes[this.at++] = length & 0xff;
  }

  value(tag: number, content: Buffer): void {
    this.head(tag, content.length);
    this.raw(content);
  }

  raw(content: Buffer): void {
    content.copy(this.bytes, this.at);
    this.at += content.length;
  }

  /** Writes zeros; returns where they begin. */
  zeros(count: number): number {
    const from = this.at;
    this.at += count;
    this.bytes.fill(0, from, this.at);
    return from;
  }

  /** A number from -2^31 to 2^32 - 1. */
  integer(value: number, tag = 0x02): void {
    const octets = integerOctets(value);
    this.head(tag, octets);
    this.bytes.writeIntBE(value, this.at, octets);
    this.at += octets;
  }
}
