import { staleNameReasons } from '../../domain/cluster/judge/name-reasons';
import type { Edge } from '../../domain/inventory/inventory';
import type { Reason } from '../../domain/model/health';
import type { Reading } from '../../domain/model/reading';

/** A name server that is gone concerns every name: this many edges are named in findings, all of them in their reasons. */
const maxReported = 8;

/** Finds names that stopped being resolvable, each once until it is resolved again. */
export class StaleNameFindings {
  readonly #reported = new Map<string, string>();

  /** The findings that a reading of an edge adds. */
  observe({ id, name }: Edge, { staleNames = [] }: Reading): Reason[] {
    const before = this.#reported.get(id);
    if (staleNames.length === 0) {
      if (before !== undefined) this.#reported.delete(id);
      return [];
    }
    const hosts = staleNames.map(({ host }) => host).join(' ');
    if (before === hosts || (before === undefined && this.#reported.size >= maxReported)) return [];
    this.#reported.set(id, hosts);
    return staleNameReasons(name, staleNames);
  }

  forget(edgeId: string): void {
    this.#reported.delete(edgeId);
  }
}
