import { describe, expect, it } from 'vitest';
import { askMany, maxObjectsPerPacket } from '../../../../../monitor/snmp/client/ask-many';
import { SnmpFailure } from '../../../../../monitor/snmp/client/failure';
import { asnType, type Varbind } from '../../../../../monitor/snmp/codec/varbind';

const oids = Array.from({ length: 60 }, (_, at) => `1.3.6.1.4.1.${at + 1}`);
const answer = (asked: readonly string[]): Promise<Varbind[]> =>
  Promise.resolve(asked.map((oid) => ({ oid, type: asnType.integer, value: 1 })));
const less = (refused: string | null) => new SnmpFailure('bad-answer', 'refused', 'ask-less', refused);

describe('askMany', () => {
  it('asks for all in packets of a size that fits a frame', async () => {
    const sizes: number[] = [];
    const asked = await askMany((some) => (sizes.push(some.length), answer(some)), oids);
    expect(sizes).toEqual([maxObjectsPerPacket, 20]);
    expect(asked.values.size).toBe(60);
    expect(asked).toMatchObject({ missing: false, refused: [] });
  });

  it('halves what the agent finds too big', async () => {
    const asked = await askMany(
      (some) => (some.length > 7 ? Promise.reject(less(null)) : answer(some)),
      oids,
    );
    expect(asked.values.size).toBe(60);
  });

  it('leaves out an object the agent cannot answer, and names it', async () => {
    const bad = oids[3]!;
    const asked = await askMany(
      (some) => (some.includes(bad) ? Promise.reject(less(bad)) : answer(some)),
      oids,
    );
    expect(asked.values.size).toBe(59);
    expect(asked.refused).toEqual([bad]);
  });

  it('finds an object the agent refuses without naming it', async () => {
    const bad = oids[30]!;
    const asked = await askMany(
      (some) => (some.includes(bad) ? Promise.reject(less(null)) : answer(some)),
      oids,
    );
    expect(asked.values.size).toBe(59);
    expect(asked.refused).toEqual([bad]);
  });

  it('gives up when everything is refused', async () => {
    await expect(askMany(() => Promise.reject(less(null)), oids.slice(0, 2))).rejects.toThrow('refused');
  });

  it('takes only what was asked for, the first of duplicates, and says what is missing', async () => {
    const asked = await askMany(
      ([first = '']) =>
        Promise.resolve([
          { oid: first, type: asnType.integer, value: 1 },
          { oid: first, type: asnType.integer, value: 2 },
          { oid: '1.3.9', type: asnType.integer, value: 3 },
        ]),
      oids.slice(0, 2),
    );
    expect([...asked.values.values()].map(({ value }) => value)).toEqual([1]);
    expect(asked.missing).toBe(true);
  });

  it('passes other failures on', async () => {
    await expect(askMany(() => Promise.reject(new SnmpFailure('timeout', 'silent')), oids)).rejects.toThrow(
      'silent',
    );
  });
});
