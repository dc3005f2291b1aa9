import type { OpenedFile } from '../../../domain/contract/opened-file';
import type { Incident } from '../../../domain/model/incident';
import { incidentSpan } from './incident-range';
import { readIncidentsIn } from './read-incidents';

/** Ranges are whole milliseconds, and the end of an incident may move a little until it is written. */
const toleranceMs = 1000;

/** The incident that an incident file is about; null: it is about a range, or a whole history. */
export async function fileSubject({ extract, range }: OpenedFile): Promise<Incident | null> {
  if (extract === null) return null;
  return subjectOf(await readIncidentsIn(range.fromMs, range.toMs), range);
}

/** The only incident of the file, or the one from whose page it was saved: the file has that incident's range. */
export function subjectOf(
  incidents: readonly Incident[],
  range: { fromMs: number; toMs: number },
): Incident | null {
  const [only, ...others] = incidents;
  if (only !== undefined && others.length === 0) return only;
  const own = incidentSpan(range);
  const isNear = (aMs: number, bMs: number): boolean => Math.abs(aMs - bMs) <= toleranceMs;
  const saved = incidents.filter(
    ({ startMs, endMs }) => isNear(startMs, own.fromMs) && (endMs === null || isNear(endMs, own.toMs)),
  );
  return saved.length === 1 ? (saved[0] ?? null) : null;
}
