import type { HeronEvent, HeronEventType } from '../../../../domain/model/event';
import type { MaintenanceWindow } from '../../../../domain/model/maintenance';
import type { Reading } from '../../../../domain/model/reading';

const at = (seconds: number): number => Date.UTC(2026, 2, 1, 3, 0, 0) + seconds * 1000;
const common = { timeMs: at(2.5), recordedAtMs: at(2.75) };
const ofCluster = { ...common, clusterId: 'id-of-A', clusterName: 'A' };
const ofEdge = { ...ofCluster, edgeId: 'id-of-a-1', edgeName: 'a-1' };
const ofEdgeOnly = { clusterId: 'id-of-A', clusterName: 'A', edgeId: 'id-of-a-1', edgeName: 'a-1' };
const bracket = { lastOldMs: at(1), firstNewMs: at(2.5) };
const reasons = [{ code: 'silent', fact: 'a-1 does not answer.', detail: 'Timeout.' }];
const moved = {
  ...ofCluster,
  fromEdgeId: 'id-of-a-1',
  fromEdgeName: 'a-1',
  toEdgeId: 'id-of-a-2',
  toEdgeName: 'a-2',
  bracket,
  gapMs: { atLeast: 0, atMost: 1500 },
  usersGapMs: { atLeast: 900, atMost: 2600 },
  oldRoleAfter: 'init' as const,
  cause: { kind: 'lb-stopped' as const, evidence: ['its role is init'] },
  witnesses: [],
  pollIntervalMs: 1000,
};

const alert = {
  ...ofEdge,
  alertId: 'edge-down-1772334002750-1',
  rule: 'edge-down' as const,
  severity: 'warning' as const,
  groupId: 'group-1772334002750-1',
  suppressed: 1,
  words: 'a-1 is down.',
  detail: 'Timeout.',
};
const alertEvidence = {
  bracket,
  gapMs: { atLeast: 0, atMost: 1500 },
  cause: { kind: 'edge-died' as const, evidence: ['its machine is silent'] },
  witnesses: [],
  detectionMs: { atLeast: 250, atMost: 1750 },
};

const window: MaintenanceWindow = {
  windowId: 'w-1',
  purpose: 'Patches',
  author: 'noc',
  matcher: { kind: 'rule', terms: [{ field: 'name', pattern: 'A' }] },
  schedule: { kind: 'once', from: '2026-03-01T03:00', to: '2026-03-01T04:00' },
  zone: 'UTC',
  whenClockChanges: 'keep-end',
  ifSomethingElseFails: 'wait',
  afterwards: 'alert-if-not-up',
};

const events: { [T in HeronEventType]: Extract<HeronEvent, { type: T }> } = {
  start: { type: 'start', ...common, version: '1.2.3', clusters: 1, edges: 2 },
  failover: { type: 'failover', ...moved },
  failback: { type: 'failback', ...moved },
  'cause-corrected': {
    type: 'cause-corrected',
    ...ofCluster,
    failoverMs: at(1),
    ...{ fromEdgeId: 'id-of-a-1', fromEdgeName: 'a-1', toEdgeId: 'id-of-a-2', toEdgeName: 'a-2' },
    previousCause: 'edge-unreachable',
    cause: { kind: 'cut-off', evidence: ['a-1 did not restart.'] },
  },
  'edge-state': { type: 'edge-state', ...ofEdge, from: 'up', to: 'down', reasons },
  'lb-role': {
    type: 'lb-role',
    ...ofEdge,
    from: 'backup',
    to: 'master',
    bracket: null,
    reasons: [],
    witnesses: [],
  },
  'no-active-lb': { type: 'no-active-lb', ...ofCluster, bracket, lastActiveEdgeName: 'a-1', reasons },
  'split-brain': {
    type: 'split-brain',
    ...ofCluster,
    edgeNames: ['a-1', 'a-2'],
    bracket,
    overlappingReadings: 3,
  },
  flapping: { type: 'flapping', ...ofCluster, changes: 5, windowMs: 60_000 },
  'users-gap': {
    type: 'users-gap',
    ...ofCluster,
    target: '10.0.0.10:443',
    bracket,
    restored: { lastOldMs: at(4), firstNewMs: at(4.25) },
    usersGapMs: { atLeast: 1200, atMost: 3250 },
    failedProbes: 11,
  },
  'cluster-state': { type: 'cluster-state', ...ofCluster, from: 'up', to: 'degraded', reasons },
  acknowledged: { type: 'acknowledged', ...ofCluster, by: 'noc', words: '', health: 'degraded', ended: null },
  gap: { type: 'gap', ...common, fromMs: at(1), toMs: at(2.5), reason: 'suspended', words: 'It slept.' },
  note: {
    type: 'note',
    ...common,
    clusterId: null,
    clusterName: null,
    about: { kind: 'time', fromMs: 1, toMs: 2 },
    author: 'noc',
    text: 'Looked at it.',
    replaces: null,
    withdrawn: false,
  },
  'maintenance-planned': { type: 'maintenance-planned', ...common, window },
  'maintenance-changed': { type: 'maintenance-changed', ...common, by: 'noc', window, endsNow: true },
  'maintenance-cancelled': {
    type: 'maintenance-cancelled',
    ...common,
    by: 'noc',
    windowId: 'w-1',
    purpose: 'Patches',
  },
  maintenance: {
    type: 'maintenance',
    ...ofCluster,
    phase: 'began',
    windows: [
      {
        ...{ windowId: 'w-1', purpose: 'Patches', author: 'noc', fromMs: at(2.5), untilMs: at(3600) },
        edges: [{ edgeId: 'id-of-a-1', edgeName: 'a-1' }],
        ...{ ifSomethingElseFails: 'wait', afterwards: 'alert-if-not-up' },
      },
    ],
    by: null,
    observed: { health: 'degraded', reasons },
  },
  finding: {
    type: 'finding',
    ...common,
    clusterId: null,
    clusterName: null,
    edgeId: 'id-of-alone',
    edgeName: 'alone',
    reason: reasons[0]!,
  },
  alert: { type: 'alert', ...alert, ...alertEvidence },
  'alert-changed': {
    type: 'alert-changed',
    ...alert,
    ...alertEvidence,
    openedMs: at(1),
    phase: 'escalated',
  },
  'alert-cleared': {
    type: 'alert-cleared',
    ...alert,
    openedMs: at(1),
    ended: 'recovered',
    isOver: true,
    symptoms: [{ ...ofEdgeOnly, rule: 'cpu', words: 'a-1 has a CPU load of 95 %.', sinceMs: at(2) }],
  },
  silence: {
    type: 'silence',
    ...common,
    silenceId: 'silence-1772334002750-1',
    matcher: { cluster: 'a*', rule: 'cpu' },
    author: 'noc',
    text: 'Backup runs.',
    endsMs: at(3600),
  },
  'silence-ended': {
    type: 'silence-ended',
    ...common,
    silenceId: 'silence-1772334002750-1',
    by: null,
    held: 2,
  },
};

/** One event of each type, all at 03:00:02.5 and written down a quarter of a second later. */
export function eventOf(type: HeronEventType): HeronEvent {
  return events[type];
}

/** A whole reading that was answered. */
export function readingOf(): Reading {
  return {
    edgeId: 'id-of-a-1',
    kind: 'health',
    startedAtMs: at(2),
    finishedAtMs: at(2.1),
    startedMonotonicMs: 2000,
    finishedMonotonicMs: 2100,
    snmp: {
      outcome: 'answered',
      latencyMs: 12.3456,
      value: {
        roleOnly: false,
        reportedName: 'a-1',
        description: 'FreeBSD',
        caConnectivity: 3,
        loggingConnectivity: 4,
        cpuPercent: 12.5,
        swapPercent: null,
        systemUptimeMs: 86_400_000,
        agentUptimeMs: 3_600_000,
        tcpEstablished: 42,
        watched: [],
        interfaces: [
          {
            index: 2,
            name: 'vmx1',
            adminUp: true,
            operUp: true,
            inOctets: 18_446_744_073_709_551_615n,
            outOctets: null,
            counterBits: 64,
          },
        ],
        interfaceUse: { management: null, proxy: 2, loadBalancer: null },
        roles: [],
      },
    },
    http: {
      outcome: 'answered',
      latencyMs: 3,
      value: { status: 200, bodyBytes: 100, bodyAsExpected: true, roles: [] },
    },
    tcp: { outcome: 'not-asked' },
  };
}
