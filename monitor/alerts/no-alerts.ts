import type { AlertService } from './alert-service';

/** The alerts of a monitor that watches nothing. */
export function noAlerts(clock: { nowMs(): number }): AlertService {
  return {
    list: () => ({ atMs: Math.round(clock.nowMs()), alerts: [], silences: [] }),
    acknowledge: () => false,
    preview: () => ({ rows: 0, edges: 0, names: [], alertIds: [], matchesEverything: false }),
    addSilence: ({ matcher, author, reason, endsMs }) => {
      const fromMs = Math.round(clock.nowMs());
      return { id: `silence-${fromMs}`, matcher, author, reason, fromMs, endsMs, held: 0 };
    },
    endSilence: () => false,
    onChange: () => () => undefined,
    onNotice: () => () => undefined,
  };
}
