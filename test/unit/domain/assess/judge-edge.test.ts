import { describe, expect, it } from 'vitest';
import { newEdgeTrack, observeEdge, type EdgeTrack } from '../../../../domain/assess/edge-track';
import { judgeEdge, noteOthers, type EdgeSurroundings } from '../../../../domain/assess/judge-edge';
import type { Edge } from '../../../../domain/inventory/inventory';
import type { Reading, SnmpReading, UnreachableCode } from '../../../../domain/reading';

const edge: Edge = {
  id: 'e1',
  clusterId: 'c1',
  name: 'e1',
  status: 'enabled',
  deployment: 'cluster',
  proxyIp: '10.0.0.1',
  snmp: { port: 161, credential: 'noc' },
  http: {},
};
const around: EdgeSurroundings = { enabled: true, lbStopped: false };

const device: SnmpReading = {
  roleOnly: false,
  reportedName: 'e1',
  description: null,
  caConnectivity: 3,
  loggingConnectivity: 4,
  cpuPercent: 40,
  swapPercent: 1,
  systemUptimeMs: 1_000_000,
  agentUptimeMs: 1_000_000,
  tcpEstablished: 10,
  watched: [],
  interfaces: [
    { index: 2, name: 'vmx1', adminUp: true, operUp: true, inOctets: 0n, outOctets: 0n, counterBits: 64 },
    { index: 3, name: 'vmx2', adminUp: true, operUp: true, inOctets: 0n, outOctets: 0n, counterBits: 64 },
  ],
  interfaceUse: { management: 1, proxy: 2, loadBalancer: 3 },
  roles: [],
};

let clockMs = 0;
function reading(change: {
  snmp?: Partial<SnmpReading> | UnreachableCode;
  http?: number | UnreachableCode;
  tcp?: 'open' | UnreachableCode;
}): Reading {
  clockMs += 1_000;
  const snmp = change.snmp ?? {};
  const http = change.http ?? 200;
  return {
    edgeId: 'e1',
    kind: 'health',
    startedAtMs: clockMs,
    finishedAtMs: clockMs + 10,
    startedMonotonicMs: clockMs,
    finishedMonotonicMs: clockMs + 10,
    snmp:
      typeof snmp === 'string'
        ? { outcome: 'unreachable', latencyMs: 10, code: snmp, words: `it was ${snmp}` }
        : { outcome: 'answered', latencyMs: 10, value: { ...device, ...snmp } },
    http:
      typeof http === 'string'
        ? { outcome: 'unreachable', latencyMs: 10, code: http, words: `page ${http}` }
        : {
            outcome: 'answered',
            latencyMs: 10,
            value: { status: http, bodyBytes: 100, bodyAsExpected: true, roles: [] },
          },
    tcp:
      change.tcp === undefined
        ? { outcome: 'not-asked' }
        : change.tcp === 'open'
          ? { outcome: 'answered', latencyMs: 5, value: { host: '10.0.0.1', port: 443 } }
          : { outcome: 'unreachable', latencyMs: 5, code: change.tcp, words: `port ${change.tcp}` },
  };
}

function after(...changes: Parameters<typeof reading>[0][]): EdgeTrack {
  return changes.reduce((track, change) => observeEdge(track, reading(change)), newEdgeTrack('e1'));
}

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
    const noted = noteOthers(track, clockMs, clockMs + 10);
    expect(judged(noted)).toEqual(['unknown', 'all-silent']);
    const again = observeEdge(noted, reading(silent));
    expect(judged(again)).toEqual(['down', 'silent']);
    expect(judgeEdge(edge, again, around).beganMs).toBe(track.snmp.firstFailureMs);
  });

  it('is unknown, not down, when the others fell silent with it', () => {
    const track = after({}, silent, silent, silent);
    const firstMs = track.snmp.firstFailureMonotonicMs ?? 0;
    const noted = noteOthers(track, firstMs + 500, clockMs);
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
    expect(words).toBe('it was wrong-password');
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
  });

  it('is disabled when it is not to be watched, whatever it answers', () => {
    expect(judged(after({ snmp: { cpuPercent: 99 } }), { enabled: false })).toEqual(['disabled', undefined]);
  });
});

describe('an edge that started a short while ago', () => {
  it('is up all the same, and says so for a quarter of an hour', () => {
    const young = judgeEdge(edge, after({ snmp: { systemUptimeMs: 4 * 60_000 } }), around);
    expect(young).toMatchObject({ health: 'up', reasons: [{ code: 'rebooted-recently' }] });
    expect(young.reasons[0]?.fact).toBe('e1 started 4 min ago.');
    expect(judged(after({ snmp: { systemUptimeMs: 15 * 60_000 } }))).toEqual(['up', undefined]);
    // sysUpTime is the agent's.
    expect(judged(after({ snmp: { systemUptimeMs: null, agentUptimeMs: 1_000 } }))).toEqual([
      'up',
      undefined,
    ]);
  });

  it('has what is wrong with it said first', () => {
    const track = after({ snmp: { systemUptimeMs: 4 * 60_000, cpuPercent: 97 } });
    const { health, reasons } = judgeEdge(edge, track, around);
    expect([health, ...reasons.map(({ code }) => code)]).toEqual([
      'degraded',
      'cpu-high',
      'rebooted-recently',
    ]);
  });
});

describe('an edge with a port to connect to', () => {
  const { snmp: _snmp, http: _http, ...bare } = { ...edge, tcp: { port: 443 } };
  const judgedAs = (of: Edge, track: EdgeTrack) => {
    const { health, reasons } = judgeEdge(of, track, around);
    return [health, ...reasons.map(({ code }) => code)];
  };
  const withAll: Edge = { ...edge, tcp: { port: 443 } };

  it('is degraded when the port is closed again and again, and everything else is well', () => {
    expect(judgedAs(withAll, after({ tcp: 'open' }, { tcp: 'refused' }))).toEqual(['up']);
    const closed = after({ tcp: 'open' }, { tcp: 'refused' }, { tcp: 'timeout' });
    expect(judgedAs(withAll, closed)).toEqual(['degraded', 'port-closed']);
    expect(judgeEdge(withAll, closed, around).reasons[0]).toMatchObject({
      fact: 'Port 443 of e1 does not accept connections.',
      detail: 'port timeout',
    });
    expect(judgedAs(withAll, observeEdge(closed, reading({ tcp: 'open' })))).toEqual(['up']);
  });

  it('is down when everything is silent, and not while the port accepts connections', () => {
    const dead = { ...silent, tcp: 'timeout' } as const;
    const track = after({ tcp: 'open' }, dead, dead, dead);
    const alone = observeEdge(noteOthers(track, clockMs, clockMs + 10), reading(dead));
    expect(judgedAs(withAll, alone)).toEqual(['down', 'silent', 'proxy-silent', 'port-closed']);
    const serving = { ...silent, tcp: 'open' } as const;
    const [health, code] = judgedAs(withAll, after({ tcp: 'open' }, serving, serving, serving));
    expect([health, code]).toEqual(['degraded', 'snmp-silent']);
  });

  it('is judged by the port where nothing else is asked: a refusal is sure, silence may be the path', () => {
    const only = (...ports: ('open' | UnreachableCode)[]) =>
      judgedAs(
        bare,
        ports.reduce((track, tcp) => {
          const { tcp: port, ...rest } = reading({ tcp });
          const nothing = { outcome: 'not-asked' } as const;
          return observeEdge(track, { ...rest, tcp: port, snmp: nothing, http: nothing });
        }, newEdgeTrack('e1')),
      );
    expect(only()).toEqual(['unknown', 'not-read-yet']);
    expect(only('open')).toEqual(['up']);
    expect(only('open', 'refused', 'refused')).toEqual(['down', 'port-closed']);
    expect(only('open', 'timeout', 'timeout')).toEqual(['unknown', 'port-closed']);
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
    expect(restarted.rebootedAtMs).toBe(clockMs + 10 - 3_000);
  });
});
