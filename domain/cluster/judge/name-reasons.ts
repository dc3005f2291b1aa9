import { sentence } from '../../words/sentence';
import type { Edge } from '../../inventory/inventory';
import type { Reason } from '../../model/health';
import type { StaleName } from '../../model/reading';
import type { SourceTrack } from '../observe/edge-track';

/** Names that cannot be resolved any more: no fault of the edge, which is asked at its last known address. */
export function staleNameReasons(edgeName: string, stale: readonly StaleName[]): Reason[] {
  return stale.map(({ host, address, sinceMs, words }) => {
    const since = new Date(sinceMs).toISOString().slice(0, 16).replace('T', ' ');
    return {
      code: 'name-not-resolvable',
      fact: `The name ${host} of ${edgeName} is not resolvable since ${since} UTC, using ${address}.`,
      detail: `Look-ups fail: ${words}. If the edge has moved since, Heron polls the wrong address.`,
    };
  });
}

/** Whether the latest poll of a source was not sent, because its name has no known address. */
export function isNameless({ failures, lastFailure }: SourceTrack): boolean {
  return failures > 0 && (lastFailure?.code === 'no-address' || lastFailure?.code === 'looking-up');
}

/** Why a source of an edge without a known address was not asked. */
export function namelessReason({ name }: Edge, { lastFailure }: SourceTrack): Reason {
  const detail = sentence(lastFailure?.words ?? '');
  if (lastFailure?.code === 'looking-up')
    return { code: 'not-read-yet', fact: `${name} was not read yet.`, detail };
  return {
    code: 'name-unknown',
    fact: `${name} cannot be read: its name has no known address.`,
    detail,
  };
}
