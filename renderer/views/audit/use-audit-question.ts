import { computed, reactive, ref, shallowRef, watch } from 'vue';
import type { Calendar } from '../../../domain/calendar/calendar';
import { CalendarTextError, parseHolidays, parseHours } from '../../../domain/calendar/calendar-text';
import { isZone } from '../../../domain/calendar/zone';
import {
  targetPercentSchema,
  type AskedQuestion,
  type AuditQuestion,
} from '../../../domain/contract/audit-question';
import type { TimeRange } from '../../../domain/model/history';

const storageKey = 'heron.audit.terms';

/** What availability is measured by, as a person typed it. */
export interface Terms {
  target: string;
  monthly: boolean;
  hours: string;
  holidays: string;
  zone: string;
}

/** What is wrong with each field; empty: nothing. */
export type TermFaults = Record<'target' | 'hours' | 'holidays' | 'zone', string>;

const noTerms: Terms = { target: '', monthly: false, hours: '24x7', holidays: '', zone: 'UTC' };

/** The question that is asked with everything it depends on. The terms of availability are those of the last time. */
export function useAuditQuestion() {
  const question = ref<AuditQuestion>('availability');
  const range = shallowRef<TimeRange | null>(null);
  const atMs = shallowRef<number | null>(null);
  const clusterId = ref<string | null>(null);
  const terms = reactive<Terms>(storedTerms());
  watch(terms, (next) => localStorage.setItem(storageKey, JSON.stringify(next)));

  const checked = computed(() => checkTerms(terms));
  const asked = computed<AskedQuestion | null>(() => {
    const { faults, calendar, targetPercent, zone } = checked.value;
    if (range.value === null || faults.zone !== '') return null;
    const isAvailability = question.value === 'availability';
    if (isAvailability && Object.values(faults).some((fault) => fault !== '')) return null;
    if (question.value === 'active-lb' && atMs.value === null) return null;
    return {
      question: question.value,
      range: { ...range.value },
      clusterIds: clusterId.value === null ? null : [clusterId.value],
      atMs: atMs.value ?? 0,
      targetPercent: isAvailability ? targetPercent : null,
      monthly: isAvailability && terms.monthly,
      zone: zone === 'UTC' ? null : zone,
      calendar: isAvailability ? calendar : null,
    };
  });
  return { question, range, atMs, clusterId, terms, faults: computed(() => checked.value.faults), asked };
}

interface CheckedTerms {
  faults: TermFaults;
  calendar: Calendar | null;
  targetPercent: number | null;
  zone: string;
}

/** Terms as values, with a sentence for each field that cannot be understood. */
export function checkTerms(terms: Terms): CheckedTerms {
  const faults: TermFaults = { target: '', hours: '', holidays: '', zone: '' };
  const zone = terms.zone.trim() === '' ? 'UTC' : terms.zone.trim();
  if (!isZone(zone)) faults.zone = 'Enter a time zone such as Europe/Berlin.';
  const hours = parsed(() => (terms.hours.trim() === '' ? null : parseHours(terms.hours)));
  const holidays = parsed(() => parseHolidays(terms.holidays));
  if (typeof hours === 'string') faults.hours = hours;
  if (typeof holidays === 'string') faults.holidays = holidays;
  const typed = terms.target.trim().replace(/\s*%$/, '').replace(',', '.');
  const target = typed === '' ? null : targetPercentSchema.safeParse(Number(typed));
  if (target !== null && !target.success)
    faults.target = 'Enter a percentage above 0 and up to 100, such as 99.9.';
  const counts = typeof hours !== 'string' && typeof holidays !== 'string';
  const calendar = counts && (hours !== null || holidays.length > 0) ? { zone, hours, holidays } : null;
  return { faults, calendar, targetPercent: target?.data ?? null, zone };
}

/** The value, or what is wrong with the text. */
function parsed<T>(parse: () => T): T | string {
  try {
    return parse();
  } catch (fault) {
    if (fault instanceof CalendarTextError) return fault.message;
    throw fault;
  }
}

function storedTerms(): Terms {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storageKey) ?? 'null');
    if (typeof stored !== 'object' || stored === null) return { ...noTerms };
    const text = (name: keyof Terms): string | null => {
      const value = (stored as Record<string, unknown>)[name];
      return typeof value === 'string' ? value : null;
    };
    return {
      target: text('target') ?? noTerms.target,
      monthly: 'monthly' in stored && stored.monthly === true,
      hours: text('hours') ?? noTerms.hours,
      holidays: text('holidays') ?? noTerms.holidays,
      zone: text('zone') ?? noTerms.zone,
    };
  } catch (fault) {
    if (fault instanceof SyntaxError) return { ...noTerms };
    throw fault;
  }
}
