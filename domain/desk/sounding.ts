import { quietWaitMs } from '../alerts/delivery/wanted-notice';
import { severityRank, worstSeverity } from '../alerts/rules';
import type { Alert, AlertNotice } from '../model/alert';
import type { AlertSeverity } from '../model/alert-rule';
import type { DeskSettings } from '../model/desk';
import { deskTimes } from '../model/thresholds';

/** A sound to play. `isEscalated`: the alert was not acknowledged in time, and the sound is louder. */
export interface Sound {
  severity: AlertSeverity;
  isEscalated: boolean;
}

/** Alerts that are open, unacknowledged, and not held back: what needs a person. */
export function needsPerson({ acknowledged, held }: Pick<Alert, 'acknowledged' | 'held'>): boolean {
  return acknowledged === null && held === null;
}

/** Whether quiet hours hold back what is of this severity now. Critical alerts are never held back. */
export function isQuiet(
  severity: AlertSeverity,
  { quietHours }: Pick<DeskSettings, 'quietHours'>,
  zone: string,
  nowMs: number,
): boolean {
  return quietHours !== null && quietWaitMs({ severity }, { quietHours: { ...quietHours, zone } }, nowMs) > 0;
}

/** Decides which sounds are due. Times: `monotonicMs` for pauses, `nowMs` (UTC) for quiet hours and muting. */
export class Sounding {
  #lastMs: number | null = null;

  /** The sound of a notice; null: none. */
  ofNotice(notice: AlertNotice, context: SoundContext): Sound | null {
    if (!notice.isLoud || notice.kind === 'cleared') return null;
    return this.#due({ severity: notice.severity, isEscalated: notice.kind === 'escalated' }, context);
  }

  /** The sound that the open alerts repeat; null: none is due. */
  repeated(alerts: readonly Alert[], context: SoundContext): Sound | null {
    const open = alerts.filter((alert) => alert.state === 'open' && needsPerson(alert));
    const severity = worstSeverity(open.map((alert) => alert.severity));
    if (open.length === 0 || severity === 'info' || !context.settings.repeats) return null;
    const pauseMs = severity === 'critical' ? deskTimes.repeatCriticalMs : deskTimes.repeatWarningMs;
    if (this.#lastMs !== null && context.monotonicMs - this.#lastMs < pauseMs) return null;
    const isEscalated = open.some(({ escalation }) => (escalation?.escalatedMs ?? null) !== null);
    return this.#due({ severity, isEscalated }, context);
  }

  #due(sound: Sound, context: SoundContext): Sound | null {
    if (!isWanted(sound.severity, context)) return null;
    this.#lastMs = context.monotonicMs;
    return sound;
  }
}

export interface SoundContext {
  settings: DeskSettings;
  mutedUntilMs: number | null;
  /** IANA name of this computer's time zone. */
  zone: string;
  nowMs: number;
  monotonicMs: number;
}

function isWanted(severity: AlertSeverity, { settings, mutedUntilMs, zone, nowMs }: SoundContext): boolean {
  if (!settings.sounds || severityRank(severity) > severityRank(settings.soundsFrom)) return false;
  if (mutedUntilMs !== null && nowMs < mutedUntilMs) return false;
  return !isQuiet(severity, settings, zone, nowMs);
}
