import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SnmpFailure } from '../../../../../monitor/snmp/client/failure';
import { Walk, type WalkRequests } from '../../../../../monitor/snmp/client/walk';
import { asnType, compareOids, type Varbind } from '../../../../../monitor/snmp/codec/varbind';

const base = '1.3.6.1.7';
const after = '1.3.6.1.8.1';
const row = (oid: string): Varbind => ({ oid, type: asnType.integer, value: 1 });

/** An agent that follows its rows in this order, whatever the MIB says; `packets` counts its answers. */
function agentWith(order: readonly string[], count: { packets: number }) {
  const next = (oid: string): string => {
    const at = order.lastIndexOf(oid);
    if (at >= 0) return order[at + 1] ?? after;
    return compareOids(oid, base) <= 0 ? (order[0] ?? after) : after;
  };
  const follow = (oid: string, rows: number): Varbind[] => {
    const found: Varbind[] = [];
    for (let from = oid; found.length < rows; from = found.at(-1)?.oid ?? after) found.push(row(next(from)));
    return found;
  };
  const getBulk: WalkRequests['getBulk'] = (oids, rows) => {
    count.packets += 1;
    return Promise.resolve(oids.map((oid) => follow(oid, rows)));
  };
  const getNext: WalkRequests['getNext'] = (oids) => {
    count.packets += 1;
    return Promise.resolve(oids.flatMap((oid) => follow(oid, 1)));
  };
  return { getBulk, getNext };
}

const rowsIn = (count: number): string[] => Array.from({ length: count }, (_, at) => `${base}.${at + 1}`);

it('finds every row of a table in any order, by GETBULK and by GETNEXT, and says what is odd', async () => {
  const orders = fc
    .integer({ min: 1, max: 20 })
    .chain((count) => fc.shuffledSubarray(rowsIn(count), { minLength: count, maxLength: count }));
  await fc.assert(
    fc.asyncProperty(orders, fc.boolean(), async (order, byBulk) => {
      const agent = agentWith(order, { packets: 0 });
      const refused = () => Promise.reject(new SnmpFailure('bad-answer', 'genErr', 'ask-less'));
      const walk = new Walk([base]);
      await walk.run({ ...agent, getBulk: byBulk ? agent.getBulk : refused });
      expect([...walk.rows.keys()].sort(compareOids)).toEqual([...order].sort(compareOids));
      const isSorted = order.every((oid, at) => at === 0 || compareOids(order[at - 1] ?? '', oid) < 0);
      expect(walk.remarks.join().includes('out of order')).toBe(!isSorted);
    }),
  );
});

it('ends whatever rows an agent repeats or returns to', async () => {
  const paths = fc.array(fc.constantFrom(...rowsIn(6)), { minLength: 1, maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(paths, fc.nat(29), async (path, back) => {
      const count = { packets: 0 };
      const looping = [...path, path[back % path.length] ?? ''];
      const walk = new Walk([base]);
      await walk.run(agentWith(looping, count));
      expect(walk.done).toBe(true);
      expect(count.packets).toBeLessThan(40);
    }),
  );
});
