import type { EdgeTrack } from '../../domain/assess/edge-track';
import type { Judgement } from '../../domain/assess/judge-edge';

/** Whether an edge answered its latest poll in any of the ways it was asked. */
export function answers({ snmp, http, tcp }: EdgeTrack): boolean {
  return [snmp, http, tcp].some(({ asked, failures }) => asked && failures === 0);
}

/** An edge that was unknown from the start and stays so, for a reason now known: that is news too, once. */
export function isFirstWord(track: EdgeTrack, judged: Judgement): boolean {
  return (
    track.sinceMs === null &&
    judged.reasons.every(({ code }) => code !== 'not-read-yet' && code !== 'no-source')
  );
}

/** When any edge but `except` last answered, on the monotonic clock; null: none ever did. */
export function othersAnsweredMonotonicMs(
  tracks: ReadonlyMap<string, EdgeTrack>,
  except: string,
): number | null {
  let latestMs: number | null = null;
  for (const [id, { snmp, http, tcp }] of tracks) {
    if (id === except) continue;
    const answeredMs = Math.max(
      snmp.lastAnswerMonotonicMs ?? -Infinity,
      http.lastAnswerMonotonicMs ?? -Infinity,
      tcp.lastAnswerMonotonicMs ?? -Infinity,
    );
    if (answeredMs > (latestMs ?? -Infinity)) latestMs = answeredMs;
  }
  return latestMs;
}
