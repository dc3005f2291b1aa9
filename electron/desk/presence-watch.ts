import { powerMonitor } from 'electron';
import { observePresence, type Presence } from '../../domain/desk/presence';
import type { Clock } from '../../monitor/base/clock';
import type { AppWindow } from '../window/app-window';
import type { PersonFile } from './person-file';

const saveEveryMs = 30_000;
/** The idle threshold that `getSystemIdleState` requires, seconds; only whether the screen is locked is read from its result. */
const idleS = 60;

/** Follows whether the person who uses Heron looks, and what they have not seen. */
export class PresenceWatch {
  #person = '';
  #isLocked = false;
  #savedMs = -Infinity;

  constructor(
    private readonly window: AppWindow,
    private readonly file: PersonFile,
    private readonly clock: Clock,
  ) {
    // Only Windows and macOS report these; elsewhere the idle state tells.
    powerMonitor.on('lock-screen', () => (this.#isLocked = true));
    powerMonitor.on('unlock-screen', () => (this.#isLocked = false));
    powerMonitor.on('suspend', () => this.#observe(true));
  }

  /** The time of which the person has not seen yet what happened; null: none. */
  get unseen(): Presence['unseen'] {
    return this.file.get(this.#person)?.unseen ?? null;
  }

  setPerson(name: string): void {
    this.#person = name;
    this.examine();
  }

  examine(): void {
    this.#observe(this.#isLocked || powerMonitor.getSystemIdleState(idleS) === 'locked');
  }

  seen(): void {
    const presence = this.file.get(this.#person);
    if (presence === null) return;
    this.file.set(this.#person, { ...presence, unseen: null });
    void this.file.save();
  }

  stop(): Promise<void> {
    this.examine();
    return this.file.save();
  }

  #observe(isLocked: boolean): void {
    const { window, file, clock } = this;
    const before = file.get(this.#person);
    const shown = window.current;
    const after = observePresence(before, {
      nowMs: clock.nowMs(),
      idleMs: powerMonitor.getSystemIdleTime() * 1000,
      isLocked,
      isShown: shown !== null && shown.isVisible() && !shown.isMinimized(),
    });
    if (after === before) return;
    file.set(this.#person, after);
    const isNew = before?.unseen?.toMs !== after.unseen?.toMs || before?.wasHidden !== after.wasHidden;
    if (!isNew && clock.monotonicMs() - this.#savedMs < saveEveryMs) return;
    this.#savedMs = clock.monotonicMs();
    void file.save();
  }
}
