import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { Alert } from '../../../domain/model/alert';
import type { AlertRule } from '../../../domain/model/alert-rule';
import { alertWord, standingOf, type AlertStanding } from '../../../domain/words/alert-list';
import { alertRuleNames } from '../../../domain/words/alerts';
import { useAlertsStore } from '../live/alerts';
import { useFiltersStore } from './filters';
import { folded } from './search';

const texts = new WeakMap<Alert, string>();

function textOf(alert: Alert): string {
  const known = texts.get(alert);
  if (known !== undefined) return known;
  const { name, edgeName, site, words, detail, rule, assignee, acknowledged } = alert;
  const parts = [name, edgeName, site, words, detail, alertRuleNames[rule], alertWord(alert)];
  const text = folded([...parts, assignee, acknowledged?.by].filter(Boolean).join('\n'));
  texts.set(alert, text);
  return text;
}

/** Which alerts are listed: by where they stand, by rule, and by the search. Not stored, as the filters of clusters. */
export const useAlertFilters = defineStore('alert-filters', () => {
  const alerts = useAlertsStore();
  const filters = useFiltersStore();
  const standing = ref<AlertStanding | null>(null);
  const rules = shallowRef<readonly AlertRule[]>([]);
  const isFiltered = computed(
    () => standing.value !== null || rules.value.length > 0 || filters.terms.length > 0,
  );
  const shown = computed(() => {
    const all = alerts.list?.alerts ?? [];
    if (!isFiltered.value) return all;
    return all.filter(
      (alert) =>
        (standing.value === null || standingOf(alert) === standing.value) &&
        (rules.value.length === 0 || rules.value.includes(alert.rule)) &&
        filters.terms.every((term) => textOf(alert).includes(term)),
    );
  });

  function clear(): void {
    standing.value = null;
    rules.value = [];
    filters.search = '';
  }

  return { standing, rules, shown, isFiltered, clear };
});
