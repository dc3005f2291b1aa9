import { describe, expect, it } from 'vitest';
import { watchLine } from '../../../../cli/watch/watch-line';
import { readingLine } from '../../../../cli/watch/reading-line';
import { eventOf, readingOf } from './sample-events';

const times = { time: '2026-03-01T03:00:02.500Z', recordedAt: '2026-03-01T03:00:02.750Z' };
const reasons = [{ code: 'silent', fact: 'a-1 does not answer.', detail: 'Timeout.' }];
const bracket = { lastOld: '2026-03-01T03:00:01.000Z', firstNew: '2026-03-01T03:00:02.500Z' };

describe('watchLine', () => {
  it.each(['failover', 'failback'] as const)('prints a %s with edge names and an ISO bracket', (type) => {
    expect(watchLine(eventOf(type))).toEqual({
      type,
      ...times,
      cluster: 'A',
      from: 'a-1',
      to: 'a-2',
      bracket,
      gapMs: { atLeast: 0, atMost: 1500 },
      usersGapMs: { atLeast: 900, atMost: 2600 },
      cause: { kind: 'lb-stopped', evidence: ['its role is init'] },
      oldRoleAfter: 'init',
      witnesses: [],
      pollIntervalMs: 1000,
    });
  });

  it('prints an edge’s state with its names, and a reading only when there is one', () => {
    const line = { type: 'edge-state', ...times, cluster: 'A', edge: 'a-1', from: 'up', to: 'down', reasons };
    expect(watchLine(eventOf('edge-state'))).toEqual(line);
    const reading = readingLine(readingOf());
    expect(watchLine(eventOf('edge-state'), reading)).toEqual({ ...line, reading });
  });

  it('prints between which readings an edge went down, where that is known', () => {
    const event = eventOf('edge-state');
    const stateBracket = { lastOldMs: event.timeMs - 1_500, firstNewMs: event.timeMs };
    expect(watchLine({ ...event, stateBracket } as typeof event)).toEqual({ ...watchLine(event), bracket });
  });

  it('prints a role', () => {
    expect(watchLine(eventOf('lb-role'))).toEqual({
      ...{ type: 'lb-role', ...times, cluster: 'A', edge: 'a-1' },
      ...{ from: 'backup', to: 'master', reasons: [], bracket: null, witnesses: [] },
    });
  });

  it.each([
    ['start', { version: '1.2.3', clusters: 1, edges: 2 }],
    [
      'cause-corrected',
      {
        cluster: 'A',
        failover: { time: bracket.lastOld, from: 'a-1', to: 'a-2' },
        previousCause: 'edge-unreachable',
        cause: { kind: 'cut-off', evidence: ['a-1 did not restart.'] },
      },
    ],
    ['no-active-lb', { cluster: 'A', lastActiveEdge: 'a-1', bracket, reasons }],
    ['split-brain', { cluster: 'A', edges: ['a-1', 'a-2'], bracket, overlappingReadings: 3 }],
    [
      'users-gap',
      {
        cluster: 'A',
        target: '10.0.0.10:443',
        bracket,
        restored: { lastOld: '2026-03-01T03:00:04.000Z', firstNew: '2026-03-01T03:00:04.250Z' },
        usersGapMs: { atLeast: 1200, atMost: 3250 },
        failedProbes: 11,
      },
    ],
    ['flapping', { cluster: 'A', changes: 5, windowMs: 60_000 }],
    ['cluster-state', { cluster: 'A', from: 'up', to: 'degraded', reasons }],
    ['gap', { from: bracket.lastOld, to: bracket.firstNew, reason: 'suspended', words: 'It slept.' }],
    ['finding', { cluster: null, edge: 'alone', reason: reasons[0] }],
  ] as const)('prints %s', (type, facts) => {
    expect(watchLine(eventOf(type))).toEqual({ type, ...times, ...facts });
  });

  it('prints an alert with its evidence, and its end with its symptoms', () => {
    expect(watchLine(eventOf('alert'))).toMatchObject({
      type: 'alert',
      ...{ cluster: 'A', edge: 'a-1', rule: 'edge-down', severity: 'warning' },
      id: 'edge-down-1772334002750-1',
      bracket: { lastOld: '2026-03-01T03:00:01.000Z', firstNew: '2026-03-01T03:00:02.500Z' },
      cause: { kind: 'edge-died' },
      detectionMs: { atLeast: 250, atMost: 1750 },
      suppressed: 1,
    });
    expect(watchLine(eventOf('alert-cleared'))).toMatchObject({
      ...{ type: 'alert-cleared', ended: 'recovered', over: true },
      symptoms: [{ rule: 'cpu', cluster: 'A', edge: 'a-1', words: 'a-1 has a CPU load of 95 %.' }],
    });
  });

  it('lets no id out, and survives JSON', () => {
    for (const type of [
      ...(['alert', 'alert-changed', 'alert-cleared', 'silence', 'silence-ended'] as const),
      ...(['failover', 'cause-corrected', 'edge-state', 'lb-role', 'split-brain', 'finding'] as const),
    ]) {
      const line = watchLine(eventOf(type), readingLine(readingOf()));
      expect(JSON.parse(JSON.stringify(line))).toEqual(line);
      expect(JSON.stringify(line)).not.toMatch(/Id"|id-of/);
    }
  });
});

describe('readingLine', () => {
  it('keeps 64-bit counters exact, as text', () => {
    const { snmp } = readingLine(readingOf());
    expect(snmp).toMatchObject({
      answered: true,
      cpuPercent: 12.5,
      sessions: 42,
      interfaces: [{ name: 'vmx1', inOctets: '18446744073709551615', outOctets: null }],
    });
    expect(snmp).not.toHaveProperty('roleOnly');
  });

  it('says why a source brought nothing, and null when it was not asked', () => {
    const line = readingLine({
      ...readingOf(),
      snmp: { outcome: 'unreachable', latencyMs: 2000, code: 'timeout', words: 'No answer in 2 s.' },
      http: { outcome: 'not-asked' },
    });
    expect(line).toMatchObject({
      snmp: { answered: false, code: 'timeout', words: 'No answer in 2 s.' },
      http: null,
    });
  });
});
