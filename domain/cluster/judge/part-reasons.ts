import type { Reason } from '../../model/health';
import { utcTimeOfDay } from '../../words/time';
import { isAnyLost, lostParts, type AnswerPart } from '../observe/answer-parts';
import type { EdgeTrack } from '../observe/edge-track';

const partWords: Record<AnswerPart, string> = {
  device: 'load and sessions',
  interfaces: 'interfaces',
  watched: 'processes, disks and load averages',
};

/** Kinds of answer that an edge no longer gives, although it answers others. */
export function partReasons(edgeName: string, track: EdgeTrack): Reason[] {
  const { parts, rolePolls } = track;
  if (rolePolls.lostSinceMs === null && !isAnyLost(parts)) return [];
  const reasons: Reason[] = [];
  const lost = lostParts(parts);
  const lostMs = partsLostMs(track);
  if (lostMs !== null) {
    const names = lost.map((part) => partWords[part]).join(', ');
    const words = lost.map((part) => parts[part].words).find((said) => said !== '');
    const why = words === undefined ? '' : ` (${words})`;
    reasons.push({
      code: 'not-read-in-full',
      fact: `${edgeName} has not been read in full since ${utcTimeOfDay(lostMs)} UTC.`,
      detail: `Not answered: ${names}${why}. Other requests are answered.`,
    });
  }
  if (rolePolls.lostSinceMs !== null)
    reasons.push({
      code: 'role-not-answered',
      fact: `${edgeName} has not answered polls of its LB’s role since ${utcTimeOfDay(rolePolls.lostSinceMs)} UTC.`,
      detail: 'It answers full polls, so its role is known at those only.',
    });
  return reasons;
}

/** Since when it is not read in full, UTC milliseconds; null: it is. */
export function partsLostMs({ parts }: EdgeTrack): number | null {
  const times = lostParts(parts).flatMap((part) => parts[part].lostSinceMs ?? []);
  return times.length === 0 ? null : Math.min(...times);
}
