/** Bits one after the other, the highest of a byte first. */
export class BitWriter {
  private bytes = Buffer.alloc(8192);
  private bit = 0;

  /** The lowest `count` bits of a whole number, at most 32. */
  write(value: number, count: number): void {
    if (this.bit + 64 > 8 * this.bytes.length)
      this.bytes = Buffer.concat([this.bytes, Buffer.alloc(this.bytes.length)]);
    for (let left = count; left > 0;) {
      const room = 8 - (this.bit & 7);
      const taken = Math.min(room, left);
      const part = (value >>> (left - taken)) & ((1 << taken) - 1);
      this.bytes[this.bit >>> 3] = (this.bytes[this.bit >>> 3] ?? 0) | (part << (room - taken));
      this.bit += taken;
      left -= taken;
    }
  }

  finish(): Buffer {
    return Buffer.from(this.bytes.subarray(0, Math.ceil(this.bit / 8)));
  }
}

export class BitReader {
  private bit = 0;

  constructor(private readonly bytes: Buffer) {}

  read(count: number): number {
    let value = 0;
    for (let left = count; left > 0;) {
      const room = 8 - (this.bit & 7);
      const taken = Math.min(room, left);
      const part = ((this.bytes[this.bit >>> 3] ?? 0) >>> (room - taken)) & ((1 << taken) - 1);
      value = (value * 2 ** taken + part) >>> 0;
      this.bit += taken;
      left -= taken;
    }
    return value;
  }
}
