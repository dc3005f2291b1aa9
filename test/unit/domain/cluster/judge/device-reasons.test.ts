import { describe, expect, it } from 'vitest';
import { judgeEdge } from '../../../../../domain/cluster/judge/judge-edge';
import type { SnmpReading } from '../../../../../domain/model/reading';
import { after, around, edge } from '../../../../fixtures/cluster/edge-readings';

const judgedAfter = (snmp: Partial<SnmpReading>) => judgeEdge(edge, after({ snmp }), around);

describe('an edge that started a short while ago', () => {
  it('is up all the same, and says so for a quarter of an hour', () => {
    const young = judgedAfter({ systemUptimeMs: 4 * 60_000 });
    expect(young).toMatchObject({ health: 'up', reasons: [{ code: 'rebooted-recently' }] });
    expect(young.reasons[0]?.fact).toBe('e1 started 4 min ago.');
    expect(judgedAfter({ systemUptimeMs: 15 * 60_000 })).toMatchObject({ health: 'up', reasons: [] });
    // sysUpTime is the agent's.
    expect(judgedAfter({ systemUptimeMs: null, agentUptimeMs: 1_000 }).reasons).toEqual([]);
  });

  it('has what is wrong with it said first', () => {
    const { health, reasons } = judgedAfter({ systemUptimeMs: 4 * 60_000, cpuPercent: 97 });
    expect([health, ...reasons.map(({ code }) => code)]).toEqual([
      'degraded',
      'cpu-high',
      'rebooted-recently',
    ]);
  });
});
