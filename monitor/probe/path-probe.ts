import type { ProbeTarget } from '../../domain/inventory/probe-target';
import type { ProbeOutcome } from '../../domain/model/probe';

export type ProbedService = Pick<ProbeTarget, 'kind' | 'address' | 'port' | 'path' | 'nobody'>;

/** A gateway; `nobody` is an address of its network that no host has. */
export interface ProbedGateway {
  address: string;
  nobody: string;
}

/** What came of one probe, in words for people. */
export interface ProbeAnswer {
  outcome: ProbeOutcome;
  words: string;
}

/** The seam to the path that users take. A probe never throws, and never lasts much longer than `timeoutMs`. */
export interface PathProbe {
  /** Connects to a cluster IP as a user does, and closes at once. */
  service(service: ProbedService, timeoutMs: number): Promise<ProbeAnswer>;
  /** Asks a gateway whether it is there; its refusal is an answer. */
  gateway(gateway: ProbedGateway, timeoutMs: number): Promise<ProbeAnswer>;
}
