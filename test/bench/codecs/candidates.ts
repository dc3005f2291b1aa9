import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { ByteSink } from '../../../db/codec/byte-sink';
import { ByteSource } from '../../../db/codec/byte-source';
import { openChunkBody } from '../../../db/codec/chunk';
import { readColumn, type Steps } from '../../../db/codec/column';
import { encodeChunk } from '../../../db/codec/encode-chunk';
import { readPredicted, writePredicted } from '../../../db/codec/predicted-column';
import { quantizedCode, valueOfCode } from '../../../db/codec/quantize';
import { metrics } from '../../../db/codec/sample-scale';
import { bestSteps, writeColumn } from '../../fixtures/history/version-1/column';
import { encodeChunkOfVersion1 } from '../../fixtures/history/version-1/encode-chunk';
import { BitReader, BitWriter } from './bits';
import { columnWise, type ColumnCodec, type HourCodec } from './columns';
import type { Hour } from './hours';

const varints: ColumnCodec = {
  write: (values) => {
    const sink = new ByteSink();
    const steps = bestSteps(values, values.length);
    sink.byte(steps);
    writeColumn(sink, values, values.length, steps);
    return sink.copy();
  },
  read: (bytes, count) => readColumn(new ByteSource(bytes.subarray(1)), count, bytes[0] as Steps),
};

const brotli: ColumnCodec = {
  write: (values) =>
    brotliCompressSync(varints.write(values), { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
  read: (bytes, count) => varints.read(brotliDecompressSync(bytes), count),
};

/** Facebook's Gorilla (VLDB 2015): each double's bits XORed with those before it; the bits between leading and trailing zeros. */
const gorilla: ColumnCodec = {
  write: (values) => {
    const out = new BitWriter();
    let [high, low, leading, meaning] = [0, 0, -1, 0];
    for (const value of values) {
      const [nowHigh, nowLow] = bitsOfDouble(valueOfCode(value));
      const [xorHigh, xorLow] = [(high ^ nowHigh) >>> 0, (low ^ nowLow) >>> 0];
      [high, low] = [nowHigh, nowLow];
      if (xorHigh === 0 && xorLow === 0) {
        out.write(0, 1);
        continue;
      }
      const lead = Math.min(31, xorHigh === 0 ? 32 + Math.clz32(xorLow) : Math.clz32(xorHigh));
      const trail = xorLow === 0 ? 32 + trailing(xorHigh) : trailing(xorLow);
      const fits = leading >= 0 && lead >= leading && trail >= 64 - leading - meaning;
      if (!fits) [leading, meaning] = [lead, 64 - lead - trail];
      out.write(fits ? 2 : 3, 2);
      if (!fits) {
        out.write(leading, 5);
        out.write(meaning - 1, 6);
      }
      const bits = (BigInt(xorHigh) * 2n ** 32n + BigInt(xorLow)) >> BigInt(64 - leading - meaning);
      if (meaning > 32) out.write(Number(bits >> 32n), meaning - 32);
      out.write(Number(bits & 0xffff_ffffn), Math.min(32, meaning));
    }
    return out.finish();
  },
  read: (bytes, count) => {
    const source = new BitReader(bytes);
    let [bits, leading, meaning] = [0n, 0, 0];
    return Int32Array.from({ length: count }, () => {
      if (source.read(1) === 1) {
        if (source.read(1) === 1) [leading, meaning] = [source.read(5), source.read(6) + 1];
        const high = meaning > 32 ? BigInt(source.read(meaning - 32)) << 32n : 0n;
        bits ^= (high | BigInt(source.read(Math.min(32, meaning)))) << BigInt(64 - leading - meaning);
      }
      view.setBigUint64(0, bits);
      return quantizedCode(view.getFloat64(0));
    });
  },
};

const view = new DataView(new ArrayBuffer(8));

function bitsOfDouble(value: number): [high: number, low: number] {
  view.setFloat64(0, value);
  return [view.getUint32(0), view.getUint32(4)];
}

function trailing(word: number): number {
  return 31 - Math.clz32(word & -word);
}

/** Differences of differences in the classes of Gorilla's time stamps: 1, 9, 12, 16 or 36 bits. */
const deltaOfDelta: ColumnCodec = {
  write: (values) => {
    const out = new BitWriter();
    let [before, delta] = [0, 0];
    for (const value of values) {
      const second = value - before - delta;
      [delta, before] = [value - before, value];
      const bits =
        second === 0
          ? 0
          : Math.abs(second) < 64
            ? 7
            : Math.abs(second) < 256
              ? 9
              : Math.abs(second) < 2048
                ? 12
                : 32;
      const [prefix, length] = ({ 0: [0, 1], 7: [2, 2], 9: [6, 3], 12: [14, 4], 32: [15, 4] } as const)[
        bits
      ] ?? [0, 1];
      out.write(prefix, length);
      if (bits > 0) out.write(bits === 32 ? second >>> 0 : second & (2 ** bits - 1), bits);
    }
    return out.finish();
  },
  read: (bytes, count) => {
    const source = new BitReader(bytes);
    let [value, delta] = [0, 0];
    return Int32Array.from({ length: count }, () => {
      let ones = 0;
      while (ones < 4 && source.read(1) === 1) ones += 1;
      const bits = [0, 7, 9, 12, 32][ones] ?? 0;
      const raw = source.read(bits);
      delta += bits === 0 ? 0 : bits === 32 ? raw | 0 : raw >= 2 ** (bits - 1) ? raw - 2 ** bits : raw;
      value += delta;
      return value;
    });
  },
};

const blockRows = 64;

/** Blocks of 64 differences, each with as many bits as its largest needs. */
const packedBlocks: ColumnCodec = {
  write: (values) => {
    const out = new BitWriter();
    for (let from = 0; from < values.length; from += blockRows) {
      const block = Array.from(values.subarray(from, from + blockRows), (value, row) =>
        zigzag(value - (values[from + row - 1] ?? 0)),
      );
      const [first = 0, ...rest] = block;
      const bits = 32 - Math.clz32(Math.max(0, ...rest));
      out.write(first, 32);
      out.write(bits, 5);
      for (const one of rest) out.write(one, bits);
    }
    return out.finish();
  },
  read: (bytes, count) => {
    const source = new BitReader(bytes);
    let [value, bits] = [0, 0];
    return Int32Array.from({ length: count }, (_, row) => {
      const isFirst = row % blockRows === 0;
      const difference = source.read(isFirst ? 32 : bits);
      if (isFirst) bits = source.read(5);
      value += (difference >>> 1) ^ -(difference & 1);
      return value;
    });
  },
};

/** Each from those before it, in an adaptive Rice code: version 2 without slopes and without references. */
const predicted: ColumnCodec = {
  write: (values) => {
    const sink = new ByteSink();
    writePredicted(sink, values, values.length);
    return sink.copy();
  },
  read: (bytes, count) => readPredicted(new ByteSource(bytes), count),
};

function zigzag(value: number): number {
  return value < 0 ? -2 * value - 1 : 2 * value;
}

function asChunk(name: string, encode: (hour: number, rows: Hour) => Buffer): HourCodec {
  return {
    name,
    encode: (hour) => encode(0, hour),
    read: (bytes) => {
      const chunk = openChunkBody(bytes);
      chunk.timesMs();
      chunk.answered();
      for (const metric of metrics) chunk.stored(metric);
    },
    decode: (bytes) => {
      const chunk = openChunkBody(bytes);
      const known = metrics.map((metric) => chunk.stored(metric).filter((value) => !Number.isNaN(value)));
      return [
        Int32Array.from(chunk.timesMs()),
        chunk.answered(),
        ...known.map((values) => Int32Array.from(values, quantizedCode)),
      ];
    },
  };
}

/** In the order in which the figures are numbered. */
export const candidates: readonly HourCodec[] = [
  asChunk('version 1: varints of differences, DEFLATE', encodeChunkOfVersion1),
  columnWise('varints of differences', varints),
  columnWise('varints of differences, brotli 5', brotli),
  columnWise('Gorilla: XOR of doubles, times by delta of delta', gorilla, deltaOfDelta),
  columnWise('delta of delta, classes of bits', deltaOfDelta),
  columnWise('blocks of 64 differences, packed', packedBlocks),
  columnWise('predicted, adaptive Rice', predicted),
  asChunk('version 2: the same with slopes and references', encodeChunk),
];
