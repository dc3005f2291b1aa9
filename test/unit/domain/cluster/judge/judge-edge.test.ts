import { describe, expect, it } from 'vitest';
import { newEdgeTrack, observeEdge, type EdgeTrack } from '../../../../../domain/cluster/observe/edge-track';
import { judgeEdge, type EdgeSurroundings } from '../../../../../domain/cluster/judge/judge-edge';
import { noteOthersAnswered } from '../../../../../domain/cluster/observe/reachability';
import type { SnmpReading } from '../../../../../domain/model/reading';
import { after, around, device, edge, nowMs, reading } from '../../../../fixtures/cluster/edge-readings';

function judged(track: EdgeTrack, more: Partial<EdgeSurroundings> = {}): [string, string | undefined] {
  const judgement = judgeEdge(edge, track, { ...around, ...more });
  return [judgement.health, judgement.reasons[0]?.code];
}

const silent = { snmp: 'timeout', http: 'timeout' } as const;

describe('an edge', () => {
  it('is unknown before its first reading, and up after a good one', () => {
    expect(judged(newEdgeTrack('e1'))).toEqual(['unknown', 'not-read-yet']);
    expect(judged(after({}))).toEqual(['up', undefined]);
  });

  it('is not down after one or two lost packets', () => {
    expect(judged(after({}, { snmp: 'timeout' }))).toEqual(['up', undefined]);
    expect(judged(after({}, { snmp: 'timeout' }, { snmp: 'timeout' }))).toEqual(['up', undefined]);
  });

  it('is down when it failed again after others were seen to answer, from its first unanswered poll on', () => {
    const track = after({}, silent, silent, silent);
    const noted = noteOthersAnswered(track, nowMs(), nowMs() + 10);
    expect(judged(noted)).toEqual(['unknown', 'all-silent']);
    const again = observeEdge(noted, reading(silent));
    expect(judged(again)).toEqual(['down', 'silent']);
    expect(judgeEdge(edge, again, around).beganMs).toBe(track.snmp.firstFailureMs);
  });

  it('is unknown, not down, when the others fell silent with it', () => {
    const track = after({}, silent, silent, silent);
    const firstMs = track.snmp.firstFailureMonotonicMs ?? 0;
    const noted = noteOthersAnswered(track, firstMs + 500, nowMs());
    expect(judged(observeEdge(noted, reading(silent)))).toEqual(['unknown', 'all-silent']);
  });

  it('keeps its last health for the moment it takes to tell the two apart', () => {
    const up: EdgeTrack = { ...after({}, silent, silent, silent), health: 'up', reasons: [] };
    expect(judged(up)).toEqual(['up', undefined]);
    expect(judged([silent, silent, silent].reduce((t, c) => observeEdge(t, reading(c)), up))).toEqual([
      'unknown',
      'all-silent',
    ]);
  });

  it('is unknown, with what to do, when it refuses the credential', () => {
    expect(judged(after({ snmp: 'wrong-password' }))).toEqual(['unknown', 'refused']);
    const words = judgeEdge(edge, after({ snmp: 'wrong-password' }), around).reasons[0]?.detail;
    expect(words).toBe('It was wrong-password.');
  });

  it('is unknown when its host refuses SNMP and nothing else tells of it, down when its service is gone with the agent', () => {
    const { http: _page, ...bare } = edge;
    const refuses = { snmp: 'refused', http: 'timeout' } as const;
    const alone = after({}, refuses, refuses, refuses);
    expect(judgeEdge(bare, alone, around)).toMatchObject({
      health: 'unknown',
      reasons: [{ code: 'agent-gone', detail: expect.stringContaining('it was refused') as string }],
    });
    expect(judged(alone)).toEqual(['down', 'silent']);
    const serves = { snmp: 'refused', http: 200 } as const;
    expect(judged(after({}, serves, serves, serves))).toEqual(['degraded', 'snmp-silent']);
  });

  it('is unknown, never silent, while its name has no known address', () => {
    const nameless = { snmp: 'no-address', http: 'no-address' } as const;
    const track = after(nameless, nameless, nameless, nameless, nameless);
    expect(judged(track)).toEqual(['unknown', 'name-unknown']);
    expect(judged(noteOthersAnswered(track, nowMs(), nowMs()))).toEqual(['unknown', 'name-unknown']);
    expect(judged(after({ snmp: 'looking-up' }))).toEqual(['unknown', 'not-read-yet']);
    const { snmp: _snmp, ...byService } = edge;
    expect(judgeEdge(byService, after(nameless, nameless, nameless), around)).toMatchObject({
      health: 'unknown',
      reasons: [{ code: 'name-unknown' }],
    });
  });

  it('stays what it is while its name is stale, with the reason', () => {
    const stale = {
      host: 'e1.example',
      address: '10.0.0.4',
      sinceMs: Date.UTC(2026, 10, 24, 14, 2),
      words: 'gone',
    };
    const track = { ...after({}), staleNames: [stale] };
    expect(judgeEdge(edge, track, around)).toMatchObject({
      health: 'up',
      reasons: [
        {
          code: 'name-not-resolvable',
          fact: 'The name e1.example of e1 is not resolvable since 2026-11-24 14:02 UTC, using 10.0.0.4.',
        },
      ],
    });
  });

  it('is unknown when this computer’s own network keeps Heron from asking, and its silence counts from after that', () => {
    const cut = { snmp: 'own-network', http: 'own-network' } as const;
    const gone = { snmp: 'timeout', http: 'timeout' } as const;
    expect(judged(after({}, cut, cut))).toEqual(['unknown', 'own-network']);
    const cutFor = after({}, cut, cut, cut, cut, cut, cut);
    const known = { ...cutFor, health: 'unknown' as const, reasons: judgeEdge(edge, cutFor, around).reasons };
    const once = observeEdge(known, reading(gone));
    expect(once.snmp.failures).toBe(1);
    expect(judged(once)).toEqual(['unknown', 'own-network']);
  });

  it('is degraded when only SNMP is silent, down when only its proxy is', () => {
    const quiet = { snmp: 'timeout', http: 200 } as const;
    expect(judged(after({}, quiet, quiet, quiet))).toEqual(['degraded', 'snmp-silent']);
    expect(judged(after({}, { http: 'refused' }, { http: 'refused' }))).toEqual(['down', 'proxy-silent']);
    expect(judged(after({ http: 'refused' }, { http: 'refused' }))).toEqual([
      'degraded',
      'page-never-answered',
    ]);
  });

  it.each([
    [{ cpuPercent: 90 }, 'up', undefined],
    [{ cpuPercent: 90.5 }, 'degraded', 'cpu-high'],
    [{ swapPercent: 51 }, 'degraded', 'swap-high'],
    [{ caConnectivity: 0 }, 'degraded', 'ca-not-connected'],
    [{ caConnectivity: 4 }, 'down', 'ca-edge-down'],
    [{ loggingConnectivity: 5 }, 'up', undefined],
    [{ loggingConnectivity: 7 }, 'degraded', 'logging-not-connected'],
    [{ caConnectivity: null, loggingConnectivity: null, cpuPercent: null }, 'up', undefined],
    [{ watched: [{ table: 'disk', name: '/', failed: true, message: 'full' }] }, 'degraded', 'disk-flag'],
  ] as [Partial<SnmpReading>, string, string | undefined][])('with %o is %s', (snmp, health, code) => {
    expect(judged(after({ snmp }))).toEqual([health, code]);
  });

  it('is down without a link on its proxy interface, degraded without one on its LB interface', () => {
    const withLinks = (proxy: boolean, loadBalancer: boolean): Partial<SnmpReading> => ({
      interfaces: device.interfaces.map((one) => ({
        ...one,
        operUp: one.index === 2 ? proxy : loadBalancer,
      })),
    });
    expect(judged(after({ snmp: withLinks(false, false) }))).toEqual(['down', 'proxy-no-link']);
    expect(judged(after({ snmp: withLinks(true, false) }))).toEqual(['degraded', 'lb-no-link']);
    // What ends its service comes before what only ends its LB.
    const stopped = { lbStopped: true };
    expect(judged(after({ snmp: withLinks(false, false) }), stopped)).toEqual(['down', 'proxy-no-link']);
    expect(judged(after({ snmp: withLinks(true, false) }), stopped)).toEqual(['degraded', 'lb-stopped']);
    const silentProxy = after({}, { http: 'timeout' }, { http: 'timeout' });
    expect(judged(silentProxy, stopped)).toEqual(['down', 'proxy-silent']);
    expect(judgeEdge(edge, silentProxy, around).reasons[0]?.detail).toBe('Page timeout.');
  });

  it('is degraded when its LB is stopped, also where only its page is asked', () => {
    const { snmp: _agent, ...pageOnly } = edge;
    const track = after({ http: 200 });
    const health = (lbStopped: boolean) => judgeEdge(pageOnly, track, { ...around, lbStopped });
    expect(health(false)).toMatchObject({ health: 'up', reasons: [] });
    expect(health(true)).toMatchObject({ health: 'degraded', reasons: [{ code: 'lb-stopped' }] });
    expect(judged(track, { lbStopped: true })).toEqual(['degraded', 'lb-stopped']);
  });

  it('is disabled when it is not to be watched, whatever it answers', () => {
    expect(judged(after({ snmp: { cpuPercent: 99 } }), { enabled: false })).toEqual(['disabled', undefined]);
  });
});

describe('rates', () => {
  const octets = (inOctets: bigint): SnmpReading['interfaces'] =>
    device.interfaces.map((one) => ({ ...one, inOctets, outOctets: inOctets }));

  it('come from two readings, and never from across a restart', () => {
    const track = after({ snmp: { interfaces: octets(1_000n) } }, { snmp: { interfaces: octets(126_000n) } });
    expect(track.rates?.proxyInBitsPerSecond).toBeCloseTo(1_000_000);
    const restarted = observeEdge(
      track,
      reading({ snmp: { interfaces: octets(5n), systemUptimeMs: 3_000 } }),
    );
    expect(restarted.rates?.proxyInBitsPerSecond).toBeNull();
    expect(restarted.rebootedAtMs).toBe(nowMs() + 10 - 3_000);
  });
});
