import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type { TimeRange } from '../../../domain/model/history';

/** What a report is first suggested to cover. */
export interface ReportAsked {
  range: TimeRange;
  /** Clusters and standalone edges by the ids of their rows; null: all. */
  clusterIds: readonly string[] | null;
  /** What the range is, such as "this incident". */
  rangeWords: string;
}

/** The open report dialog, which pages and the palette can open. */
export const useReportStore = defineStore('report', () => {
  const asked = shallowRef<ReportAsked | null>(null);

  function ask(about: ReportAsked): void {
    asked.value = about;
  }

  function close(): void {
    asked.value = null;
  }

  return { asked, ask, close };
});
