import { describe, expect, it } from 'vitest';
import { deviceModules } from '../../../monitor/snmp/devices/modules';
import { decodeHealth } from '../../../monitor/snmp/agent/decode-reading';
import { healthBases, planHealth } from '../../../monitor/snmp/agent/plan';
import { asnType, type Varbind } from '../../../monitor/snmp/codec/varbind';
import { Walk } from '../../../monitor/snmp/client/walk';
import { fuzzDeadlineMs, fuzzInputs, fuzzShares, random } from '../../fixtures/fuzz/mutate';
import { reportFuzz } from '../../fixtures/fuzz/run-fuzz';
import { bulkFrom, readWalk } from '../../fixtures/walks/read-walk';

const walks = ['vendor-edge', 'net-snmp-generic', 'openbsd-carp', 'keepalived'].map((name) => readWalk(name));
const addresses = { managementIp: '10.20.16.91', proxyIp: '10.20.16.11', lbIp: '10.20.16.51' };
const types = Object.values(asnType);
/** A plan is made of a walk that lost and mixed up so much, and then used for so many readings. */
const readingsPerWalk = 50;

function strange(dice: () => number, oid: string): Varbind {
  const pick = <T>(of: readonly T[]): T => of[Math.floor(dice() * of.length)] as T;
  const values = [
    ...[0, -1, 2, 2 ** 31, -(2 ** 31), 2 ** 32 - 1, Number.NaN, Number.MAX_SAFE_INTEGER],
    ...[null, undefined, '', '1.3.6.1', '999.999.999.999'],
    ...[Buffer.alloc(0), Buffer.alloc(9, 0xff), Buffer.alloc(8, 0xff), Buffer.alloc(65_000, 0x41)],
    ...[
      Buffer.from('carp: MASTER vhid 999'),
      Buffer.from([0xc3, 0x28]),
      Buffer.from('9f78047fc00000', 'hex'),
    ],
  ];
  return { oid, type: pick(types), value: pick(values) };
}

/** Rows with some missing, some in other types, and some with others' values. */
function mangled(
  rows: ReadonlyMap<string, Varbind>,
  dice: () => number,
  share: number,
): Map<string, Varbind> {
  const all = [...rows.values()];
  const out = new Map<string, Varbind>();
  for (const row of all) {
    const roll = dice() / share;
    if (roll < 0.3) continue;
    const other = all[Math.floor(dice() * all.length)] ?? row;
    if (roll < 0.8) out.set(row.oid, strange(dice, row.oid));
    else out.set(row.oid, roll < 1 ? { ...other, oid: row.oid } : row);
  }
  return out;
}

/** Thrown at by hand: an `expect` for each of millions of values would take most of the time. */
function refuseUnsound(value: unknown): unknown {
  const sound =
    typeof value === 'number'
      ? Number.isFinite(value)
      : typeof value === 'string'
        ? value.length <= 4_200
        : typeof value !== 'bigint' || (value >= 0n && value < 2n ** 64n);
  if (!sound) throw new Error(`A reading holds ${String(value).slice(0, 80)}.`);
  return typeof value === 'bigint' ? String(value) : value;
}

describe('agents that answer with something else than their MIBs say', () => {
  it(
    'give readings without a value that is not theirs, and words for what could not be read',
    async () => {
      const dice = random(83);
      let unreadable = 0;
      const inputs = fuzzInputs(fuzzShares.agentValues);
      for (let done = 0; done < inputs; done += readingsPerWalk) {
        const rows = walks[(done / readingsPerWalk) % walks.length] ?? new Map<string, Varbind>();
        const walk = new Walk(healthBases(deviceModules));
        await walk.run({ getBulk: bulkFrom(mangled(rows, dice, 0.05 + dice() * 0.3)) });
        const plan = planHealth(deviceModules, walk.rows, addresses);
        for (let reading = 0; reading < readingsPerWalk; reading += 1) {
          const values = mangled(walk.rows, dice, 0.05 + dice() * 0.9);
          const read = decodeHealth(plan, values);
          JSON.stringify(read, (_, value: unknown) => refuseUnsound(value));
          unreadable += read.unreadable?.length ?? 0;
          for (const words of read.unreadable ?? []) expect(words).toMatch(/^.*\d+\.\d+.*: .{5,}|.{15,}$/s);
        }
      }
      reportFuzz('agent-values', { inputs });
      expect(unreadable).toBeGreaterThan(0);
    },
    fuzzDeadlineMs,
  );
});
