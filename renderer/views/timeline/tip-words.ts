import { healthSchema } from '../../../domain/model/health';
import { lbRoleSchema } from '../../../domain/model/role';
import { dayBefore, clockTenths, shortMoment, type TimeZoneChoice } from '../../../domain/words/clock';
import { duration, durationRange } from '../../../domain/words/duration';
import { between, eventPlace, eventTypeWords, eventWords } from '../../../domain/words/events';
import { plural } from '../../../domain/words/amount';
import { roleTips, roleWords } from '../../../domain/words/roles';
import { stateTip } from '../../../domain/words/states';
import type { TimelineHit } from '../../ui/timeline/hit-test';
import { sourceWords } from '../../ui/timeline/source-past';
import { stateWords } from '../../words/states';

/** A tooltip of the timeline. */
export interface Tip {
  title: string;
  lines: string[];
}

interface When {
  nowMs: number;
  zone: TimeZoneChoice;
  /** What the end of time is called: "now", or "end of file". */
  endWords: string;
}

/** What is drawn there, in words: the state and its time, the bounds of a bracket, the reason of a gap. */
export function tipWords(hit: TimelineHit, when: When): Tip {
  switch (hit.kind) {
    case 'mark':
      return markTip(hit, when);
    case 'cut-off': {
      const { kind, fromMs, toMs, lengthMs } = hit.outage;
      const what = kind === 'no-serving-edge' ? 'No edge served' : 'No active LB';
      return {
        title: `${what}: ${durationRange(lengthMs.atLeast, lengthMs.atMost)}`,
        lines: [withinWords(fromMs, toMs, when), 'Solid: certain. Dashed: possible.'],
      };
    }
    case 'gap':
      return {
        title: 'Not monitored',
        lines: [sinceUntil(hit.gap.fromMs, hit.gap.toMs, when), hit.gap.words],
      };
    case 'state':
      return stateTipWords(hit, when);
  }
}

function markTip({ recorded, shared }: Extract<TimelineHit, { kind: 'mark' }>, { nowMs, zone }: When): Tip {
  const { event } = recorded;
  const words = eventWords(event, zone);
  const bracket = 'bracket' in event ? event.bracket : null;
  const day = dayBefore(event.timeMs, nowMs, zone);
  const time = bracket ? `${day}${between(bracket, zone)}` : `${day}${clockTenths(event.timeMs, zone)}`;
  const hasTime =
    bracket !== null && words.lines.some((line) => line.toLowerCase().includes(between(bracket, zone)));
  return {
    title: `${eventTypeWords[event.type]} in ${eventPlace(event)}`,
    lines: [
      ...(hasTime && day === '' ? [] : [time]),
      words.title,
      ...words.lines.slice(0, 2),
      ...(shared.length > 1 ? [`${plural(shared.length, 'event')} here. Click again for the next one.`] : []),
    ],
  };
}

function stateTipWords(hit: Extract<TimelineHit, { kind: 'state' }>, when: When): Tip {
  const { lane, state, fromMs, toMs, part } = hit;
  const time = sinceUntil(fromMs, toMs, when);
  const origin = part ? [`${sourceWords(part)}. Not seen by this Heron.`] : [];
  if (part && state === 'unknown')
    return {
      title: `${lane.name}: unknown`,
      lines: [time, 'It changed within a step, or has no evidence.', ...origin],
    };
  if (lane.kind === 'role') {
    const role = lbRoleSchema.catch('unknown').parse(state);
    return { title: `${lane.name}: ${roleWords[role]}`, lines: [time, roleTips[role], ...origin] };
  }
  const health = healthSchema.catch('unknown').parse(state);
  return { title: `${lane.name}: ${stateWords[health].word}`, lines: [time, stateTip(health), ...origin] };
}

/** "Between 14:02:13 and 14:02:18"; its end was not seen: "since 14:02:13, 4 m 16 s until now". */
function withinWords(fromMs: number, toMs: number | null, when: When): string {
  if (toMs === null) return sinceUntil(fromMs, toMs, when);
  const { nowMs, zone } = when;
  return `Between ${shortMoment(fromMs, nowMs, zone)} and ${shortMoment(toMs, nowMs, zone)}`;
}

/** "14:02:13 to 14:06:29, 4 m 16 s"; "since 14:02:13, 4 m 16 s so far". */
export function sinceUntil(fromMs: number, toMs: number | null, { nowMs, zone, endWords }: When): string {
  const from = shortMoment(fromMs, nowMs, zone);
  const length = duration((toMs ?? nowMs) - fromMs);
  if (toMs !== null) return `${from} to ${shortMoment(toMs, nowMs, zone)}, ${length}`;
  return `since ${from}, ${length} until ${endWords}`;
}
