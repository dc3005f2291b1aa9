import { tidyDraft } from '../../../../domain/maintenance/draft-faults';
import type {
  Every,
  MaintenanceDraft,
  Matcher,
  MatchTerm,
  Schedule,
} from '../../../../domain/model/maintenance';
import { maintenanceDraftSchema } from '../../../../domain/model/maintenance';
import { minuteWords } from '../../../../domain/words/maintenance';
import { zonedIso } from '../../../../domain/calendar/zone';

/** The inputs of the dialog, as their controls hold them. */
export interface PlanForm {
  matcher: Matcher;
  purpose: string;
  repeat: Schedule['kind'];
  zone: string;
  everyKind: Every['kind'];
  weekdays: number[];
  nth: number;
  weekday: number;
  monthDay: number;
  /** `HH:MM`. */
  from: string;
  until: string;
  /** `YYYY-MM-DD`; no last day where empty. */
  first: string;
  last: string;
  /** `YYYY-MM-DDTHH:MM`. */
  onceFrom: string;
  onceTo: string;
  whenClockChanges: MaintenanceDraft['whenClockChanges'];
  ifSomethingElseFails: MaintenanceDraft['ifSomethingElseFails'];
  afterwards: MaintenanceDraft['afterwards'];
}

const hourMs = 3_600_000;
const halfHourMs = hourMs / 2;

/** A new window: two hours from the next half hour, once. */
export function newForm(terms: readonly MatchTerm[], zone: string, nowMs: number): PlanForm {
  const fromMs = Math.ceil(nowMs / halfHourMs) * halfHourMs;
  const [onceFrom, onceTo] = [localTime(fromMs, zone), localTime(fromMs + 2 * hourMs, zone)];
  const day = new Date(`${onceFrom.slice(0, 10)}T00:00Z`).getUTCDay();
  return {
    matcher: { kind: 'rule', terms: [...terms] },
    purpose: '',
    repeat: 'once',
    zone,
    everyKind: 'month-weekday',
    weekdays: [day === 0 ? 7 : day],
    nth: 5,
    weekday: 7,
    monthDay: 1,
    from: '01:00',
    until: '04:00',
    first: onceFrom.slice(0, 10),
    last: '',
    onceFrom,
    onceTo,
    whenClockChanges: 'keep-end',
    ifSomethingElseFails: 'wait',
    afterwards: 'alert-if-not-up',
  };
}

/** A planned window as inputs. */
export function formOf(window: MaintenanceDraft, nowMs: number): PlanForm {
  const { schedule, matcher, purpose, zone, whenClockChanges, ifSomethingElseFails, afterwards } = window;
  const form = {
    ...newForm([], zone, nowMs),
    ...{ matcher, purpose, whenClockChanges, ifSomethingElseFails, afterwards },
    repeat: schedule.kind,
  };
  if (schedule.kind === 'once') return { ...form, onceFrom: schedule.from, onceTo: schedule.to };
  const { every, fromMinute, untilMinute, first, last } = schedule;
  return {
    ...form,
    everyKind: every.kind,
    ...(every.kind === 'week' && { weekdays: [...every.weekdays] }),
    ...(every.kind === 'month-day' && { monthDay: every.day }),
    ...(every.kind === 'month-weekday' && { nth: every.nth, weekday: every.weekday }),
    from: minuteWords(fromMinute),
    until: minuteWords(untilMinute % 1440),
    first,
    last: last ?? '',
  };
}

/** What the inputs say, or what is missing, the first input first. */
export function draftOf(form: PlanForm): { draft: MaintenanceDraft } | { missing: string } {
  const draft = {
    matcher: form.matcher,
    purpose: form.purpose,
    schedule: scheduleOf(form),
    zone: form.zone,
    whenClockChanges: form.whenClockChanges,
    ifSomethingElseFails: form.ifSomethingElseFails,
    afterwards: form.afterwards,
  };
  const checked = maintenanceDraftSchema.safeParse(draft);
  if (checked.success) return { draft: tidyDraft(checked.data) };
  const names = checked.error.issues.map(({ path }) => String(path.at(-1)));
  return { missing: missingWords.find(([name]) => names.includes(name))?.[1] ?? 'Complete the form' };
}

/** What the button says while an input is missing. */
const missingWords: readonly [field: string, words: string][] = [
  ['purpose', 'Enter a reason'],
  ['weekdays', 'Choose a day'],
  ['day', 'Enter a day from 1 to 31'],
  ['fromMinute', 'Enter a beginning'],
  ['untilMinute', 'Enter an end'],
  ['from', 'Enter a beginning'],
  ['to', 'Enter an end'],
  ['first', 'Enter the first day'],
  ['last', 'Enter a last day that exists, or none'],
];

function scheduleOf(form: PlanForm): Schedule {
  if (form.repeat === 'once')
    return { kind: 'once', from: form.onceFrom.slice(0, 16), to: form.onceTo.slice(0, 16) };
  const untilMinute = minuteOf(form.until);
  return {
    kind: 'recurring',
    every: everyOf(form),
    fromMinute: minuteOf(form.from),
    // Midnight as an end is that at the end of the day.
    untilMinute: untilMinute === 0 ? 1440 : untilMinute,
    first: form.first,
    last: form.last === '' ? null : form.last,
  };
}

function everyOf({ everyKind, weekdays, monthDay, nth, weekday }: PlanForm): Every {
  switch (everyKind) {
    case 'day':
      return { kind: 'day' };
    case 'week':
      return { kind: 'week', weekdays };
    case 'month-day':
      return { kind: 'month-day', day: monthDay };
    case 'month-weekday':
      return { kind: 'month-weekday', nth, weekday };
  }
}

/** Minutes after midnight; NaN where the input is empty. */
function minuteOf(text: string): number {
  const [hour, minute] = text.split(':').map(Number);
  return (hour ?? NaN) * 60 + (minute ?? NaN);
}

/** The time that the clocks of a zone show, as an input takes it. */
export function localTime(atMs: number, zone: string): string {
  return zonedIso(atMs, zone).slice(0, 16);
}
