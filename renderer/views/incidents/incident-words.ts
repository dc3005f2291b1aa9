import { fullMoment, type TimeZoneChoice } from '../../../domain/words/clock';
import { age, duration, durationRange } from '../../../domain/words/duration';
import type { Incident } from '../../../domain/model/incident';
import type { IncidentMetrics } from '../../../domain/incidents/incident-metrics';
import { lastedWords } from '../../../domain/words/incidents';

type Bounds = { atLeast: number; atMost: number };

/** "0.9 to 3.1 s", or a dash where there was none. */
export function boundsWords(bounds: Bounds | null): string {
  return bounds === null || bounds.atMost <= 0 ? '–' : durationRange(bounds.atLeast, bounds.atMost);
}

/** "1 m 54 s", or a dash where it is not known. */
export function lengthWords(ms: number | null): string {
  return ms === null ? '–' : ms < 10_000 ? age(ms) : duration(ms);
}

/** "Open since 30 Nov 2026 16:42:18.901 UTC, for 4 m 29 s.", or from when to when. */
export function whenWords(
  incident: Pick<Incident, 'startMs' | 'endMs' | 'withoutActiveLbMs'>,
  nowMs: number,
  zone: TimeZoneChoice,
): string {
  const { startMs, endMs } = incident;
  const began = fullMoment(startMs, zone);
  const lasted = lastedWords(incident, nowMs);
  return endMs === null
    ? `Open since ${began}, for ${lasted}.`
    : `${began} to ${fullMoment(endMs, zone)}, ${lasted}.`;
}

/** The metrics with their meaning. */
export function metricRows({ detectMs, takeOverMs, usersGapMs, acknowledgeMs, recoverMs }: IncidentMetrics): {
  name: string;
  value: string;
  meaning: string;
}[] {
  return [
    {
      name: 'To detect',
      value: boundsWords(detectMs),
      meaning: 'From the first symptom to Heron’s record of it.',
    },
    {
      name: 'To take over',
      value: boundsWords(takeOverMs),
      meaning: 'Longest time from one active LB to the next.',
    },
    {
      name: 'Users not served',
      value: boundsWords(usersGapMs),
      meaning: 'Longest, as measured through the cluster IP.',
    },
    {
      name: 'To acknowledge',
      value: lengthWords(acknowledgeMs),
      meaning: 'From its start until it was acknowledged.',
    },
    {
      name: 'To recover',
      value: lengthWords(recoverMs),
      meaning: 'From its start until everything was up again.',
    },
  ];
}
