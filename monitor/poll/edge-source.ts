import type { Edge } from '../../domain/inventory/inventory';
import type { Reading } from '../../domain/model/reading';

/**
 * The seam between polling and the network: reads one edge. A read never throws and never outlives `deadlineMs`
 * (duration from the call): whatever goes wrong is in the reading, with words a person can act on.
 */
export interface EdgeSource {
  /** Everything: health objects, interfaces, roles by SNMP, and the HTTP page. */
  readHealth(edge: Edge, deadlineMs: number): Promise<Reading>;
  /** Only the objects that tell the LB's role: light enough for once a second. */
  readRole(edge: Edge, deadlineMs: number): Promise<Reading>;
  /** Drops what is kept for an edge that left the inventory (sessions, learned witnesses). */
  forget(edgeId: string): void;
  close(): Promise<void>;
}
