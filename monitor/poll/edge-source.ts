import type { EdgeTrack } from '../../domain/cluster/observe/edge-track';
import type { Edge } from '../../domain/inventory/inventory';
import type { Reading } from '../../domain/model/reading';
import type { EngineNotion } from '../snmp/client/engine-clock';

/**
 * The seam between polling and the network: reads one edge. A read never throws and ends at `deadlineMs` (a duration from the call), or
 * when an agent that is known to be slow had the time that its answers take. Whatever goes wrong is in the reading, in words that the
 * user can act on.
 */
export interface EdgeSource {
  /** Everything: health objects, interfaces, roles by SNMP, and the HTTP page. */
  readHealth(edge: Edge, deadlineMs: number): Promise<Reading>;
  /** Only the objects that report the LB's role: light enough to be polled once a second. */
  readRole(edge: Edge, deadlineMs: number): Promise<Reading>;
  /** The SNMPv3 engine that answered for an edge, with its clock; null before it did. Absent where nothing has an engine. */
  engineOf?(edgeId: string): EngineNotion | null;
  /** Discards the sessions and the discovered objects of an edge. */
  forget(edgeId: string): void;
  close(): Promise<void>;
}

const healthDeadlineMs = 2_000;
const roleDeadlineMs = 800;
/** An edge that already failed to answer gets less time: silence should be known soon. */
const failingDeadlineMs = 1_200;
/** The deadline for an agent known to be slow, in times its last full reading took. */
const slowAgentFactor = 1.5;

/** Reads an edge, with the time it gets by its track. A slow agent must not look like a silent one. */
export function readEdge(
  source: EdgeSource,
  edge: Edge,
  kind: Reading['kind'],
  { snmp, answerTime }: EdgeTrack,
): Promise<Reading> {
  if (kind === 'health' && snmp.failures === 0) return source.readHealth(edge, healthDeadlineMs);
  const leastMs = kind === 'health' ? failingDeadlineMs : roleDeadlineMs;
  const deadlineMs = Math.min(
    healthDeadlineMs,
    Math.max(leastMs, slowAgentFactor * (answerTime?.lastMs ?? 0)),
  );
  return kind === 'health' ? source.readHealth(edge, deadlineMs) : source.readRole(edge, deadlineMs);
}
