import { describe, expect, it } from 'vitest';
import { writePredicted } from '../../../../db/codec/predicted-column';
import { BodyWriter } from '../../../../db/codec/section';
import { openChunk } from '../../../../db/query/open-chunk';

const named = /The samples of fra-01 in the hour from 2026-10-02T12:00:00.000Z cannot be read/;
const hour = Date.UTC(2026, 9, 2, 12) / 3_600_000;

describe('A chunk of a file', () => {
  it('is named when it cannot be opened, and when only a part of it cannot be decoded', () => {
    expect(() => openChunk(Uint8Array.of(9), 'file', hour, 'fra-01')).toThrow(named);
    const writer = new BodyWriter();
    writePredicted(writer.begin(), Int32Array.of(10), 1);
    writer.end();
    writer.skip();
    writer.begin().byte(3);
    writer.end();
    const chunk = openChunk(writer.finish(2, [hour, 1]), 'file', hour, 'fra-01');
    expect([...chunk.timesMs()]).toEqual([hour * 3_600_000 + 10]);
    expect(() => chunk.stored('latencyMs')).toThrow(named);
    expect(() => chunk.storedAt('latencyMs', 0)).toThrow(named);
    expect(chunk.stored('sessions')).toEqual(Float64Array.of(Number.NaN));
  });
});
