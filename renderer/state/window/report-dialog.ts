import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type { TimeRange } from '../../../domain/model/history';
import { useViewStore } from '../fleet/view';
import { useTimeStore } from '../time/time';

/** What a report is first suggested to cover. */
export interface ReportAsked {
  range: TimeRange;
  /** Clusters and standalone edges by the ids of their rows; null: all. */
  clusterIds: readonly string[] | null;
  /** What the range is, such as "this incident". */
  rangeWords: string;
  /** Saves it as PDF at once, with what is suggested. */
  saveNow?: boolean;
}

/** The open report dialog, which pages and the palette can open. */
export const useReportStore = defineStore('report', () => {
  const view = useViewStore();
  const time = useTimeStore();
  const asked = shallowRef<ReportAsked | null>(null);

  function ask(about: ReportAsked): void {
    asked.value = about;
  }

  /** A report on clusters and standalone edges by the ids of their rows over the time shown; null: on all. */
  function askTimeShown(clusterIds: readonly string[] | null, { saveNow = false } = {}): void {
    const toMs = Math.round(view.atMs);
    const range = { fromMs: Math.max(0, toMs - time.windowMs), toMs };
    ask({ range, clusterIds, rangeWords: 'the time shown', saveNow });
  }

  function close(): void {
    asked.value = null;
  }

  return { asked, ask, askTimeShown, close };
});
