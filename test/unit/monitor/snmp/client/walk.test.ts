import { describe, expect, it, vi } from 'vitest';
import { deviceModules } from '../../../../../monitor/snmp/devices/modules';
import { healthBases } from '../../../../../monitor/snmp/agent/plan';
import { asnType, type Varbind } from '../../../../../monitor/snmp/codec/varbind';
import { Walk, type GetBulk } from '../../../../../monitor/snmp/client/walk';
import { SnmpFailure } from '../../../../../monitor/snmp/client/failure';
import { bulkFrom, nextFrom, readWalk } from '../../../../fixtures/walks/read-walk';

const integer = (oid: string, value = 1): Varbind => ({ oid, type: asnType.integer, value });
const rowsOf = (...oids: string[]): Map<string, Varbind> => new Map(oids.map((oid) => [oid, integer(oid)]));

describe('Walk', () => {
  it('finds every row of the columns, and nothing beside them', async () => {
    const rows = readWalk('net-snmp-generic');
    const bases = [
      '1.3.6.1.2.1.2.2.1.2',
      '1.3.6.1.2.1.31.1.1.1.6',
      '1.3.6.1.4.1.2021.10.1.2',
      '1.3.6.1.2.1.1.3',
    ];
    const walk = new Walk(bases);
    await walk.run({ getBulk: bulkFrom(rows) });
    const expected = [...rows.keys()].filter((oid) => bases.some((base) => oid.startsWith(`${base}.`)));
    expect([...walk.rows.keys()].sort()).toEqual(expected.sort());
    expect(walk.done).toBe(true);
  });

  it('finds a value at the base itself, as scripts answer it', async () => {
    const walk = new Walk(['1.3.6.1.4.1.46262.9.2.1.5']);
    await walk.run({ getBulk: bulkFrom(rowsOf('1.3.6.1.4.1.46262.9.2.1.5', '1.3.6.1.4.1.46262.9.2.1.6')) });
    expect([...walk.rows.keys()]).toEqual(['1.3.6.1.4.1.46262.9.2.1.5']);
  });

  it('asks agents of one kind for much less once one of them is known, and finds the same', async () => {
    // What is known of a kind is kept by the module.
    vi.resetModules();
    const { Walk: FreshWalk } = await import('../../../../../monitor/snmp/client/walk');
    const rows = readWalk('net-snmp-generic');
    const asked: number[] = [];
    const found: string[][] = [];
    for (const kind of ['first', 'second']) {
      let varbinds = 0;
      const walk = new FreshWalk(healthBases(deviceModules));
      await walk.run({
        getBulk: (oids, repetitions) => {
          varbinds += oids.length * repetitions;
          return bulkFrom(rows)(oids, repetitions);
        },
      });
      expect(walk.done, kind).toBe(true);
      asked.push(varbinds);
      found.push([...walk.rows.keys()].sort());
    }
    const [first = 0, second = Infinity] = asked;
    expect(second).toBeLessThan(first * 0.7);
    expect(found[1]).toEqual(found[0]);
  });

  it('finds what an agent has though the one before had none of it', async () => {
    const base = '1.3.6.1.7.1';
    const lacking = new Walk([base]);
    await lacking.run({ getBulk: bulkFrom(rowsOf('1.3.6.1.8.1')) });
    expect(lacking.rows.size).toBe(0);
    const has = rowsOf(...Array.from({ length: 9 }, (_, at) => `${base}.${at + 1}`));
    const walk = new Walk([base]);
    await walk.run({ getBulk: bulkFrom(has) });
    expect([...walk.rows.keys()].sort()).toEqual([...has.keys()].sort());
  });

  it('goes on where it was interrupted', async () => {
    const rows = rowsOf(...Array.from({ length: 30 }, (_, at) => `1.3.6.1.5.${at + 1}`));
    const walk = new Walk(['1.3.6.1.5']);
    let packets = 0;
    const flaky: GetBulk = (oids, repetitions) => {
      packets += 1;
      return packets === 3 ? Promise.reject(new Error('late')) : bulkFrom(rows)(oids, repetitions);
    };
    await expect(walk.run({ getBulk: flaky })).rejects.toThrow('late');
    expect(walk.rows.size).toBe(8);
    await walk.run({ getBulk: flaky });
    expect(walk.rows.size).toBe(30);
    expect(packets).toBeLessThan(12);
  });

  it('ends although the agent answers the same row for ever', async () => {
    let packets = 0;
    const walk = new Walk(['1.3.6.1.5', '1.3.6.1.6']);
    await walk.run({
      getBulk: (oids) => {
        packets += 1;
        return Promise.resolve(oids.map(() => [integer('1.3.6.1.5.1'), integer('1.3.6.1.5.1')]));
      },
    });
    expect(packets).toBeLessThan(4);
    expect(walk.rows.size).toBe(1);
  });

  it('ends although the agent never runs out of rows', async () => {
    let next = 0;
    let packets = 0;
    const walk = new Walk(['1.3.6.1.5']);
    await walk.run({
      getBulk: (_, repetitions) => {
        packets += 1;
        return Promise.resolve([
          Array.from({ length: repetitions }, () => integer(`1.3.6.1.5.${(next += 1)}`)),
        ]);
      },
    });
    expect(packets).toBeLessThan(100);
    expect(walk.rows.size).toBe(256);
    expect(walk.remarks).toEqual(['1.3.6.1.5: it has more than the 256 rows that are read']);
  });

  it('ends although the agent answers nothing, or too few columns', async () => {
    const silent = new Walk(['1.3.6.1.5', '1.3.6.1.6']);
    await silent.run({ getBulk: () => Promise.resolve([]) });
    expect(silent.rows.size).toBe(0);
    const narrow = new Walk(['1.3.6.1.5', '1.3.6.1.6']);
    const rows = rowsOf('1.3.6.1.5.1', '1.3.6.1.6.1');
    await narrow.run({
      getBulk: async (oids, repetitions) => (await bulkFrom(rows)(oids, repetitions)).slice(0, 1),
    });
    expect(narrow.rows.size).toBe(2);
  });

  describe('of an agent that refuses GETBULK', () => {
    const refused = () => Promise.reject(new SnmpFailure('bad-answer', 'genErr', 'ask-less'));

    it('goes on by GETNEXT and finds the same', async () => {
      const rows = readWalk('vendor-edge');
      const byBulk = new Walk(healthBases(deviceModules));
      await byBulk.run({ getBulk: bulkFrom(rows) });
      const byNext = new Walk(healthBases(deviceModules));
      await byNext.run({ getBulk: refused, getNext: nextFrom(rows) });
      expect([...byNext.rows.keys()].sort()).toEqual([...byBulk.rows.keys()].sort());
    });

    it('leaves out the column that it refuses in any way', async () => {
      const rows = rowsOf('1.3.1.1', '1.3.1.2', '1.3.2.1', '1.3.5.1');
      const walk = new Walk(['1.3.1', '1.3.2', '1.3.5']);
      await walk.run({
        getBulk: refused,
        getNext: (oids) =>
          oids.some((oid) => oid.startsWith('1.3.2') || oid.startsWith('1.3.1.2147483647'))
            ? refused()
            : nextFrom(rows)(oids),
      });
      expect([...walk.rows.keys()].sort()).toEqual(['1.3.1.1', '1.3.1.2', '1.3.5.1']);
      expect(walk.done).toBe(true);
    });

    it('ends with any other failure', async () => {
      const silent = () => Promise.reject(new SnmpFailure('timeout', 'nothing answered'));
      await expect(
        new Walk(['1.3.1']).run({ getBulk: silent, getNext: nextFrom(new Map()) }),
      ).rejects.toThrow('nothing answered');
      await expect(new Walk(['1.3.1']).run({ getBulk: refused, getNext: silent })).rejects.toThrow(
        'nothing answered',
      );
    });
  });
});
