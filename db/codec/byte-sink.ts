/** Collects bytes in a buffer that grows and is reused. */
export class ByteSink {
  private bytes: Buffer = Buffer.allocUnsafe(16_384);
  private used = 0;

  get length(): number {
    return this.used;
  }

  /** Empties the sink. */
  clear(): void {
    this.used = 0;
  }

  byte(value: number): void {
    this.reserve(1);
    this.bytes[this.used++] = value;
  }

  /** A whole number, 0..2^31-1, seven bits a byte, lowest first; the top bit marks that more follow (LEB128). */
  varint(value: number): void {
    this.reserve(5);
    let rest = value;
    while (rest >= 128) {
      this.bytes[this.used++] = (rest & 127) | 128;
      rest >>>= 7;
    }
    this.bytes[this.used++] = rest;
  }

  append(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.bytes.set(bytes, this.used);
    this.used += bytes.length;
  }

  /** The collected bytes, not copied: valid until the next change. */
  view(): Buffer {
    return this.bytes.subarray(0, this.used);
  }

  /** A copy of the collected bytes. */
  copy(): Buffer {
    return Buffer.from(this.view());
  }

  private reserve(more: number): void {
    if (this.used + more <= this.bytes.length) return;
    const larger = Buffer.allocUnsafe(2 * (this.used + more));
    this.bytes.copy(larger, 0, 0, this.used);
    this.bytes = larger;
  }
}
