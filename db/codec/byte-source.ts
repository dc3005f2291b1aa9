/** Reads bytes that a ByteSink collected. Throws a RangeError where they end too early or leave a rest. */
export class ByteSource {
  private at = 0;

  constructor(readonly bytes: Uint8Array) {}

  /** The index of the next byte. */
  get position(): number {
    return this.at;
  }

  /** Continues at a later byte, after the bytes before it were read from `bytes` directly. Throws a RangeError behind the end. */
  moveTo(position: number): void {
    if (position > this.bytes.length) throw new RangeError(`the bytes end before ${position}`);
    this.at = position;
  }

  byte(): number {
    const value = this.bytes[this.at];
    if (value === undefined) throw new RangeError(`the bytes end at ${this.at}`);
    this.at += 1;
    return value;
  }

  /** As ByteSink.varint. */
  varint(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.byte();
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
    throw new RangeError(`the number before byte ${this.at} has no end`);
  }

  take(length: number): Uint8Array {
    if (this.at + length > this.bytes.length)
      throw new RangeError(`the bytes end before ${this.at + length}`);
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  /** Throws unless everything was read. */
  end(): void {
    if (this.at !== this.bytes.length) throw new RangeError(`there is more after byte ${this.at}`);
  }
}
