import { Sounding, type Sound, type SoundContext } from '../../domain/desk/sounding';
import type { Alert, AlertNotice } from '../../domain/model/alert';
import type { AlertSeverity } from '../../domain/model/alert-rule';
import type { DeskSettings } from '../../domain/model/desk';
import type { NoticePayload } from '../../domain/contract/contract';
import { deskTimes } from '../../domain/model/thresholds';
import type { Clock } from '../../monitor/base/clock';
import type { Outcome } from './outcome';

const answerMs = 5_000;
const noPage = 'Heron’s page did not respond, and it plays the sounds.';

export interface SoundOptions {
  settings(): DeskSettings;
  outcome: Outcome;
  clock: Clock;
  zone(): string;
  /** The page plays it, also while its window is hidden. */
  send(sound: NoticePayload<'desk.sound'>): void;
}

/** Sounds of alerts: with a loud notice, then again until the alert is acknowledged or over. */
export class SoundPlayer {
  readonly #sounding = new Sounding();
  #mutedUntilMs: number | null = null;
  #cancelWait: (() => void) | null = null;

  constructor(private readonly options: SoundOptions) {}

  /** Until when sounds are muted, UTC milliseconds; null: they are not. */
  get mutedUntilMs(): number | null {
    const { clock } = this.options;
    if (this.#mutedUntilMs !== null && clock.nowMs() >= this.#mutedUntilMs) this.#mutedUntilMs = null;
    return this.#mutedUntilMs;
  }

  mute(forMs: number | null): void {
    this.#mutedUntilMs = forMs === null ? null : Math.round(this.options.clock.nowMs() + forMs);
  }

  handle(notice: AlertNotice): void {
    this.#play(this.#sounding.ofNotice(notice, this.#context()));
  }

  /** Plays again what is still open and unacknowledged, if its pause is over. */
  repeat(alerts: readonly Alert[]): void {
    this.#play(this.#sounding.repeated(alerts, this.#context()));
  }

  test(severity: AlertSeverity): void {
    this.#play({ severity, isEscalated: false });
  }

  /** The page has played a sound (null), or could not. */
  played(words: string | null): void {
    this.#cancelWait?.();
    this.#cancelWait = null;
    if (words === null) this.options.outcome.succeeded();
    else this.options.outcome.failed(words);
  }

  #play(sound: Sound | null): void {
    if (sound === null) return;
    const { settings, send, clock } = this.options;
    send({ ...sound, volume: sound.isEscalated ? 1 : settings().volume });
    this.#cancelWait ??= clock.after(answerMs, () => this.played(noPage));
  }

  #context(): SoundContext {
    const { settings, clock, zone } = this.options;
    return {
      settings: settings(),
      mutedUntilMs: this.mutedUntilMs,
      zone: zone(),
      nowMs: clock.nowMs(),
      monotonicMs: clock.monotonicMs(),
    };
  }
}

/** How long "Mute" mutes. */
export const muteMs = deskTimes.muteMs;
