import type { ByteSink } from './byte-sink';
import type { ByteSource } from './byte-source';

/*
 * A predicted column: whole numbers of less than 2^22 either way, one a row. Each is predicted from those before it, and its residual,
 * zigzag-encoded, is written in a Rice code whose parameter follows the residuals before it. Without inflating, and up to the wanted row
 * only, it is read in a few nanoseconds a row.
 *
 *   head     bits 0 to 2: the shift of the average; 8: constant; 16: a slope follows
 *   slope    varint; what is predicted is the value less row × slope
 *   first    zigzag varint: the first row's; of a constant column every row has it
 *   spread   varint: 16 times the expected residual
 *   residuals of the other rows, bit after bit, the highest bit of a byte first
 *
 * The prediction is the average of 256ths, rounded: (average + 128) >> 8. After each row average += (256 × value − average) >> shift. With
 * m = spread >> 4, k is the number of bits of m less one, at least 0 and at most 16. A residual u is u >> k in ones, a zero, and its k lowest bits; where
 * that takes 14 ones or more, it is 14 ones, the number of bits of u in five bits, and u itself. After such a row the average is 256 × value, so that
 * it follows a jump at once. After each row spread += min(u, 14 << k) − (spread >> 4).
 */

/** How a column is predicted. */
export interface Prediction {
  shift: number;
  slope: number;
}

const shiftMask = 7;
const constant = 8;
const sloped = 16;
const escapeOnes = 14;
const mostBits = 16;
const lengthBits = 5;
/** Values, less their slope, are smaller than this either way: 256 of them fit into 32 bits. */
const limit = 2 ** 22;
const shifts = [0, 1, 2, 3, 4, 5];

/** Writes the first `count` values, at least one, in the shortest way that is found. Throws a RangeError for a value that has no place. */
export function writePredicted(sink: ByteSink, values: Int32Array, count: number, slope = 0): void {
  const level = leveled(values, count, slope);
  const first = level[0] as number;
  let isConstant = true;
  for (let row = 1; row < count && isConstant; row++) isConstant = level[row] === first;
  let shift = 0;
  if (!isConstant) {
    let least = Infinity;
    for (const tried of shifts) {
      const bits = residualBits(level, count, tried);
      if (bits < least) [least, shift] = [bits, tried];
    }
  }
  sink.byte(shift | (isConstant ? constant : 0) | (slope === 0 ? 0 : sloped));
  if (slope !== 0) sink.varint(slope);
  sink.varint(zigzag(first));
  if (isConstant) return;
  sink.varint(firstSpread(level, count, shift));
  writeResiduals(sink, level, count, shift);
}

/**
 * Reads a column of `count` values, of which only the first `wanted` are decoded. Throws a RangeError where the bytes are not one. The source
 * is then behind the column if all were wanted.
 */
export function readPredicted(source: ByteSource, count: number, wanted = count): Int32Array {
  const values = new Int32Array(wanted);
  if (count === 0) return values;
  const head = source.byte();
  if (head > (shiftMask | constant | sloped) || (head & shiftMask) >= shifts.length)
    throw new RangeError(`a column has the head ${head}, which nothing writes`);
  const slope = (head & sloped) === 0 ? 0 : source.varint();
  const first = unzigzag(source.varint());
  if (first >= limit || first <= -limit || slope >= limit)
    throw new RangeError('a column begins out of range');
  if ((head & constant) === 0) readResiduals(source, values, first, head & shiftMask);
  else values.fill(first);
  if (slope !== 0) for (let row = 1; row < wanted; row++) values[row] = (values[row] as number) + row * slope;
  return values;
}

function readResiduals(source: ByteSource, values: Int32Array, first: number, shift: number): void {
  let spread = source.varint();
  if (spread >= limit) throw new RangeError('a column has a spread out of range');
  const { bytes } = source;
  let bit = 8 * source.position;
  let average = first << 8;
  values[0] = first;
  for (let row = 1; row < values.length; row++) {
    const window = windowAt(bytes, bit);
    const k = bitsOfResidual(spread);
    const ones = Math.clz32(~window);
    let residual: number;
    let value: number;
    if (ones < escapeOnes) {
      residual = (ones << k) | (k === 0 ? 0 : (window << (ones + 1)) >>> (32 - k));
      bit += ones + 1 + k;
      value = ((average + 128) >> 8) + ((residual >>> 1) ^ -(residual & 1));
      average += ((value << 8) - average) >> shift;
    } else {
      bit += escapeOnes;
      const length = windowAt(bytes, bit) >>> (32 - lengthBits);
      bit += lengthBits;
      residual = length === 0 ? 0 : windowAt(bytes, bit) >>> (32 - length);
      bit += length;
      value = ((average + 128) >> 8) + ((residual >>> 1) ^ -(residual & 1));
      average = value << 8;
    }
    spread += Math.min(residual, escapeOnes << k) - (spread >> 4);
    values[row] = value;
  }
  source.moveTo((bit + 7) >>> 3);
}

/** The 32 bits from a bit on. Behind the end there are zeros: `moveTo` refuses what was read from there. */
function windowAt(bytes: Uint8Array, bit: number): number {
  const at = bit >>> 3;
  const off = bit & 7;
  const word =
    ((bytes[at] as number) << 24) |
    ((bytes[at + 1] as number) << 16) |
    ((bytes[at + 2] as number) << 8) |
    (bytes[at + 3] as number);
  return (word << off) | ((bytes[at + 4] as number) >>> (8 - off));
}

function bitsOfResidual(spread: number): number {
  const bits = 31 - Math.clz32((spread >> 4) | 1);
  return bits < mostBits ? bits : mostBits;
}

// Reused for each column: millions of them are encoded one after another.
let scratch = new Int32Array(4096);

function leveled(values: Int32Array, count: number, slope: number): Int32Array {
  if (scratch.length < count) scratch = new Int32Array(2 * count);
  for (let row = 0; row < count; row++) {
    const value = (values[row] as number) - row * slope;
    if (value >= limit || value <= -limit) throw new RangeError(`a column has no place for ${value}`);
    scratch[row] = value;
  }
  return scratch;
}

/** 16 times the mean of the first residuals: what the spread comes to by itself. */
function firstSpread(level: Int32Array, count: number, shift: number): number {
  const rows = Math.min(count - 1, 16);
  let sum = 0;
  let average = (level[0] as number) << 8;
  for (let row = 1; row <= rows; row++) {
    const value = level[row] as number;
    sum += Math.min(zigzag(value - ((average + 128) >> 8)), 65_535);
    average += ((value << 8) - average) >> shift;
  }
  return Math.round((16 * sum) / rows);
}

/** How many bits `writeResiduals` needs. */
function residualBits(level: Int32Array, count: number, shift: number): number {
  let bits = 0;
  let spread = firstSpread(level, count, shift);
  let average = (level[0] as number) << 8;
  for (let row = 1; row < count; row++) {
    const value = level[row] as number;
    const residual = zigzag(value - ((average + 128) >> 8));
    const k = bitsOfResidual(spread);
    const ones = residual >>> k;
    if (ones < escapeOnes) {
      bits += ones + 1 + k;
      average += ((value << 8) - average) >> shift;
    } else {
      bits += escapeOnes + lengthBits + (32 - Math.clz32(residual));
      average = value << 8;
    }
    spread += Math.min(residual, escapeOnes << k) - (spread >> 4);
  }
  return bits;
}

function writeResiduals(sink: ByteSink, level: Int32Array, count: number, shift: number): void {
  const bits = new BitWriter(sink);
  let spread = firstSpread(level, count, shift);
  let average = (level[0] as number) << 8;
  for (let row = 1; row < count; row++) {
    const value = level[row] as number;
    const residual = zigzag(value - ((average + 128) >> 8));
    const k = bitsOfResidual(spread);
    const ones = residual >>> k;
    if (ones < escapeOnes) {
      bits.write((1 << (ones + 1)) - 2, ones + 1);
      bits.write(residual & ((1 << k) - 1), k);
      average += ((value << 8) - average) >> shift;
    } else {
      const length = 32 - Math.clz32(residual);
      bits.write((1 << escapeOnes) - 1, escapeOnes);
      bits.write(length, lengthBits);
      bits.write(residual >>> 12, Math.max(0, length - 12));
      bits.write(residual & 4095, Math.min(12, length));
      average = value << 8;
    }
    spread += Math.min(residual, escapeOnes << k) - (spread >> 4);
  }
  bits.end();
}

/** Writes bits, the highest of a byte first. */
class BitWriter {
  private pending = 0;
  private held = 0;

  constructor(private readonly sink: ByteSink) {}

  /** The lowest `count` bits of a value, at most 16. */
  write(value: number, count: number): void {
    this.pending = (this.pending << count) | value;
    this.held += count;
    while (this.held >= 8) {
      this.held -= 8;
      this.sink.byte((this.pending >>> this.held) & 255);
    }
    this.pending &= (1 << this.held) - 1;
  }

  /** Fills the last byte with zeros. */
  end(): void {
    if (this.held > 0) this.sink.byte((this.pending << (8 - this.held)) & 255);
    this.held = 0;
    this.pending = 0;
  }
}

function zigzag(value: number): number {
  return value < 0 ? -2 * value - 1 : 2 * value;
}

function unzigzag(value: number): number {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}
