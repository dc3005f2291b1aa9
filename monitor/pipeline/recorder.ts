import type { History } from '../../db/client/history';
import type { HistoryBatch, Sample, SpanStart } from '../../db/model/history-batch';
import type { ClusterMonitor } from '../../domain/cluster/cluster-monitor';
import type { Change } from '../../domain/cluster/detect/change';
import type { EdgeTrack } from '../../domain/cluster/observe/edge-track';
import { hasCounter } from '../../domain/cluster/observe/interface-rates';
import type { HeronEvent, RecordedEvent } from '../../domain/model/event';
import type { Reading } from '../../domain/model/reading';

/** Collects what goes to the history, and writes it in batches. */
export class Recorder {
  #batch: HistoryBatch = emptyBatch();

  constructor(
    private readonly history: History,
    private readonly onRecorded: (events: readonly RecordedEvent[]) => void,
  ) {}

  addEvent(event: HeronEvent): void {
    this.#batch.events.push(event);
  }

  addSpans(spans: readonly SpanStart[]): void {
    this.#batch.spans.push(...spans);
  }

  addChanges(changes: readonly Change[], row: ClusterMonitor): void {
    for (const change of changes) {
      const span = spanOf(change, row);
      if (span) this.#batch.spans.push(span);
    }
  }

  addSample(reading: Reading, track: EdgeTrack): void {
    this.#batch.samples.push(sampleOf(reading, track));
  }

  /** Hands the batch to the history, which retries writes that fail. */
  flush(): void {
    const batch = this.#batch;
    if (batch.spans.length + batch.events.length + batch.samples.length === 0) return;
    this.#batch = emptyBatch();
    void this.history.write(batch).then(this.onRecorded);
  }

  /** Writes an event by itself, after everything before it; resolves once it is committed. */
  async write(event: HeronEvent): Promise<RecordedEvent | null> {
    this.flush();
    const recorded = await this.history.write({ ...emptyBatch(), events: [event] });
    this.onRecorded(recorded);
    return recorded[0] ?? null;
  }
}

function emptyBatch(): HistoryBatch {
  return { spans: [], events: [], samples: [] };
}

/** The sample of a health reading. An unanswered reading is recorded as such, never as zeros. */
export function sampleOf(reading: Reading, track: EdgeTrack): Sample {
  const device = reading.snmp.outcome === 'answered' ? reading.snmp.value : null;
  const rates = device?.interfaces.some(hasCounter) ? track.rates : null;
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

/** The span that starts with a change of state, or of its reasons; null for changes that are events only. */
export function spanOf(change: Change, row: ClusterMonitor): SpanStart | null {
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
      if (!row.cluster) return null;
      const state = change.kind === 'cluster-state' ? change.to : change.health;
      const subjectId = row.cluster.id;
      return { kind: 'cluster-health', subjectId, state, fromMs, reasons: change.reasons };
    }
    case 'finding':
    case 'detected':
      return null;
  }
}
