import type { Reading } from '../../domain/model/reading';
import type { Sample, SpanStart } from '../../db/model/history-batch';
import type { EdgeTrack } from '../../domain/cluster/observe/edge-track';
import type { Change } from '../../domain/cluster/change';
import type { WatchedCluster } from '../../domain/cluster/cluster-monitor';

/** What history keeps of a health reading. A reading that was not answered is kept as that, never as zeros. */
export function sampleOf(reading: Reading, track: EdgeTrack): Sample {
  const device = reading.snmp.outcome === 'answered' ? reading.snmp.value : null;
  const rates = device ? track.rates : null;
  const first = [reading.snmp, reading.http, reading.tcp].find(({ outcome }) => outcome === 'answered');
  const latencyMs = first?.outcome === 'answered' ? first.latencyMs : null;
  return {
    edgeId: reading.edgeId,
    atMs: Math.round(reading.finishedAtMs),
    answered: first !== undefined,
    latencyMs,
    cpuPercent: device?.cpuPercent ?? null,
    swapPercent: device?.swapPercent ?? null,
    sessions: device?.tcpEstablished ?? null,
    proxyInBitsPerSecond: rates?.proxyInBitsPerSecond ?? null,
    proxyOutBitsPerSecond: rates?.proxyOutBitsPerSecond ?? null,
    lbInBitsPerSecond: rates?.lbInBitsPerSecond ?? null,
    lbOutBitsPerSecond: rates?.lbOutBitsPerSecond ?? null,
  };
}

/** The span that a change of state, or of its reasons, begins; null for changes that are events only. */
export function spanOf(change: Change, watched: WatchedCluster): SpanStart | null {
  const fromMs = 'atMs' in change ? Math.round(change.atMs) : 0;
  switch (change.kind) {
    case 'edge-state':
    case 'edge-reasons': {
      const state = change.kind === 'edge-state' ? change.to : change.health;
      return { kind: 'edge-health', subjectId: change.edge.id, state, fromMs, reasons: change.reasons };
    }
    case 'lb-role':
      return { kind: 'lb-role', subjectId: change.edge.id, state: change.to, fromMs };
    case 'cluster-state':
    case 'cluster-reasons': {
      if (!watched.cluster) return null;
      const state = change.kind === 'cluster-state' ? change.to : change.health;
      const subjectId = watched.cluster.id;
      return { kind: 'cluster-health', subjectId, state, fromMs, reasons: change.reasons };
    }
    case 'found':
      return null;
  }
}
