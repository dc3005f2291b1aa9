import path from 'node:path';
import { app, type BrowserWindow } from 'electron';
import { deskState, quitStops } from '../../domain/desk/desk-state';
import type { AlertNotice } from '../../domain/model/alert';
import { parseDeepLink } from '../../domain/model/deep-link';
import type { DeskSettings, DeskStatus } from '../../domain/model/desk';
import type { Snapshot } from '../../domain/model/snapshot';
import { deskTimes } from '../../domain/model/thresholds';
import { every, type Clock } from '../../monitor/base/clock';
import type { SnapshotPublisher } from '../../monitor/pipeline/snapshot-publisher';
import type { MonitorSession } from '../../monitor/usecases/monitor-session';
import type { PreferencesFile } from '../settings/preferences';
import type { AppWindow } from '../window/app-window';
import { pageOf } from '../window/link-page';
import { Closing } from './closing';
import { DeskNotifications } from './desk-notifications';
import { DeskTray } from './desk-tray';
import { KeepAwake } from './keep-awake';
import { Outcome } from './outcome';
import { PersonFile } from './person-file';
import { PresenceWatch } from './presence-watch';
import { muteMs, SoundPlayer } from './sound-player';
import { flash, showBadge } from './task-bar';

/** As electron-builder.config.mjs has it: Windows shows notifications of known programs only. */
const windowsAppId = 'heron.monitor.desktop';
const alertsPage = '/#/alerts';

export interface DeskOptions {
  /** The user data. */
  folder: string;
  window: AppWindow;
  session: Pick<MonitorSession, 'running'>;
  /** The states that were published last. The monitor's own snapshot would be worked out anew: 28 ms for 1,000 clusters. */
  published: Pick<SnapshotPublisher, 'latest'>;
  preferences: PreferencesFile;
  clock: Clock;
  /** Whether closing the window may go on monitoring: something is monitored, and Heron does not end. */
  canKeep(): boolean;
  /** How many channels deliver alerts elsewhere. */
  channels(): number;
  /** What quitting stops is different now. */
  quitStopsChanged(lines: readonly string[]): void;
  quit(why: string): void;
}

/** Heron on this computer's desk: notifications, sounds, tray, task bar, closing, and whether the person looks. */
export class Desk {
  readonly #notified: Outcome;
  readonly #sounded: Outcome;
  readonly #notifications: DeskNotifications;
  readonly sounds: SoundPlayer;
  readonly closing: Closing;
  readonly keepAwake = new KeepAwake();
  readonly presence: PresenceWatch;
  readonly #tray: DeskTray;
  #published = '';
  #quitStops: string[] = [];
  #stopExamining: (() => void) | null = null;

  constructor(private readonly options: DeskOptions) {
    const { window, clock, folder, quit } = options;
    const changed = (): void => this.publish();
    const nowMs = (): number => clock.nowMs();
    const zone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;
    const settings = (): DeskSettings => this.settings;
    const open = (link: string): void => this.#openLink(link);
    this.#notified = new Outcome('A notification', nowMs, changed);
    this.#sounded = new Outcome('A sound', nowMs, changed);
    this.#notifications = new DeskNotifications({ settings, outcome: this.#notified, clock, zone, open });
    const send = window.send.bind(window, 'desk.sound');
    this.sounds = new SoundPlayer({ settings, outcome: this.#sounded, clock, zone, send });
    this.closing = new Closing({
      keeps: () => this.settings.closeKeepsMonitoring,
      decide: (keeps) => this.set({ closeKeepsMonitoring: keeps }),
      canKeep: () => options.canKeep(),
      changed,
      quit,
    });
    this.presence = new PresenceWatch(window, new PersonFile(path.join(folder, 'people.json')), clock);
    this.#tray = new DeskTray({
      open: () => window.bringToFront(),
      openAlerts: () => this.#openPage(alertsPage),
      mute: (on) => this.mute(on ? muteMs : null),
      quit: () => quit('It was asked to quit from the tray.'),
    });
    window.onWaitsChange = changed;
  }

  get settings(): DeskSettings {
    return this.options.preferences.get().desk;
  }

  start(): void {
    if (process.platform === 'win32') app.setAppUserModelId(windowsAppId);
    this.examine();
    this.#stopExamining = every(this.options.clock, deskTimes.examineMs, () => this.examine());
  }

  /** Follows the window: how it is closed, and whether the wall is shown in it. */
  follow(window: BrowserWindow): void {
    this.closing.follow(window);
    this.keepAwake.follow(window);
    for (const name of ['show', 'hide', 'minimize', 'restore'] as const)
      window.on(name as 'show', () => this.examine());
    // A page that is loaded again has missed what was published.
    window.webContents.on('did-finish-load', () => (this.#published = ''));
  }

  handle(notice: AlertNotice): void {
    this.#notifications.handle(notice);
    this.sounds.handle(notice);
    if (notice.isLoud) flash(this.options.window.current);
    this.examine();
  }

  /** Brings tray, badge, sounds and presence up to date. */
  examine(): void {
    const { session, window, published } = this.options;
    const { running } = session;
    const alerts = running?.monitor.alerts.list().alerts ?? [];
    const snapshot = running && published.latest();
    const state = deskState(snapshot, alerts);
    this.#nameQuitStops(snapshot, running?.mode === 'demo');
    showBadge(window.current, state);
    this.#tray.show({ ...state, mutedUntilMs: this.sounds.mutedUntilMs, quitStops: this.#quitStops });
    this.sounds.repeat(alerts);
    this.presence.examine();
    this.publish();
  }

  status(): DeskStatus {
    return {
      settings: this.settings,
      notifications: this.#notified.current,
      sounds: this.#sounded.current,
      mutedUntilMs: this.sounds.mutedUntilMs,
      asksToClose: this.closing.asks,
      quitStops: this.#quitStops,
      waits: this.options.window.waits,
      // The demo fleet takes seconds to start, and what happened is in the history that it opens.
      away: this.options.session.running === null ? null : this.presence.unseen,
    };
  }

  set(change: Partial<DeskSettings>): DeskStatus {
    this.options.preferences.set({ desk: { ...this.settings, ...change } });
    this.publish();
    return this.status();
  }

  mute(forMs: number | null): DeskStatus {
    this.sounds.mute(forMs);
    this.examine();
    return this.status();
  }

  testNotification(): Promise<void> {
    return this.#notifications.test();
  }

  /** Sends the status to the page when it has changed. */
  publish(): void {
    const status = this.status();
    const text = JSON.stringify(status);
    if (text === this.#published) return;
    this.#published = text;
    this.options.window.send('desk.changed', status);
  }

  async stop(): Promise<void> {
    this.#stopExamining?.();
    this.#notifications.stop();
    this.#tray.stop();
    await this.presence.stop();
  }

  #nameQuitStops(snapshot: Snapshot | null, isDemo: boolean): void {
    const { notifies, sounds } = this.settings;
    const lines = quitStops(snapshot, {
      isDemo,
      channels: this.options.channels(),
      notifies: notifies || sounds,
    });
    if (lines.join('\n') === this.#quitStops.join('\n')) return;
    this.#quitStops = lines;
    this.options.quitStopsChanged(lines);
  }

  #openLink(text: string): void {
    const link = parseDeepLink(text);
    this.#openPage(link === null ? '/' : pageOf(link));
  }

  #openPage(page: string): void {
    const { window } = this.options;
    window.bringToFront();
    void window.show(page);
  }
}
