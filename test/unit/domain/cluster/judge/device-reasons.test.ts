import { describe, expect, it } from 'vitest';
import { judgeEdge } from '../../../../../domain/cluster/judge/judge-edge';
import { uptimeOf } from '../../../../../domain/cluster/observe/edge-track';
import type { SnmpReading } from '../../../../../domain/model/reading';
import { after, around, edge, nowMs } from '../../../../fixtures/cluster/edge-readings';

/** An agent starts after its machine. */
const judgedAfter = (snmp: Partial<SnmpReading>) =>
  judgeEdge(edge, after({ snmp: { agentUptimeMs: 1_000, ...snmp } }), around);

describe('an edge that started a short while ago', () => {
  it('is up all the same, and says so for a quarter of an hour', () => {
    const young = judgedAfter({ systemUptimeMs: 4 * 60_000 });
    expect(young).toMatchObject({ health: 'up', reasons: [{ code: 'rebooted-recently' }] });
    expect(young.reasons[0]?.fact).toBe('e1 started 4 min ago.');
    expect(judgedAfter({ systemUptimeMs: 15 * 60_000 })).toMatchObject({ health: 'up', reasons: [] });
    // sysUpTime is the agent's.
    expect(judgedAfter({ systemUptimeMs: null, agentUptimeMs: 1_000 }).reasons).toEqual([]);
  });

  it('did not start when its uptime wraps after 497 days', () => {
    const ticks = 2 ** 32 * 10;
    const around497Days = [ticks - 1_500, ticks - 500, 500, 1_500].map((systemUptimeMs) => ({
      snmp: { systemUptimeMs, agentUptimeMs: 2_000 },
    }));
    const track = after(...around497Days);
    expect(judgeEdge(edge, track, around)).toMatchObject({ health: 'up', reasons: [] });
    expect(track.rebootedAtMs).toBeNull();
    expect(uptimeOf(track)).toBe(ticks + 1_500);
    // Heron started after the wrap.
    expect(judgedAfter({ systemUptimeMs: 120_000, agentUptimeMs: ticks - 60_000 }).reasons).toEqual([]);
  });

  it('did not start when its agent did', () => {
    const track = after({ snmp: { agentUptimeMs: 900_000 } }, { snmp: { agentUptimeMs: 400 } });
    expect(track.rebootedAtMs).toBeNull();
    expect(track.agentRestartedAtMs).toBe(nowMs() + 10 - 400);
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

describe('an edge whose LB process does not run', () => {
  const smlb = { table: 'process', name: 'smlb', failed: true, message: 'No smlb process running' } as const;
  const codesOf = (watched: SnmpReading['watched'], lbStopped = false) =>
    judgeEdge(edge, after({ snmp: { watched } }), { ...around, lbStopped }).reasons.map(({ code }) => code);

  it('has an LB that cannot take over, which another process does not mean', () => {
    expect(codesOf([smlb])).toEqual(['process-flag', 'lb-process-failed']);
    expect(codesOf([{ ...smlb, name: 'config' }])).toEqual(['process-flag']);
    expect(codesOf([smlb], true)).toEqual(['lb-stopped', 'process-flag']);
  });
});
