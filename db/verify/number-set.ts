import type { NumberRange } from '../chain/number-ranges';

/** A set of whole numbers, a bit each. */
export class NumberSet {
  private bits = new Uint8Array(1024);

  addRange([first, last]: NumberRange): void {
    if (last >> 3 >= this.bits.length) {
      const larger = new Uint8Array(Math.max(this.bits.length * 2, (last >> 3) + 1));
      larger.set(this.bits);
      this.bits = larger;
    }
    for (let number = first; number <= last; number += 1) {
      this.bits[number >> 3] = (this.bits[number >> 3] ?? 0) | (1 << (number & 7));
    }
  }

  has(number: number): boolean {
    return ((this.bits[number >> 3] ?? 0) & (1 << (number & 7))) !== 0;
  }
}
