import { Notification } from 'electron';
import { severityRank } from '../../domain/alerts/rules';
import { deskNotification, type DeskNotification } from '../../domain/desk/desk-state';
import { isQuiet } from '../../domain/desk/sounding';
import type { AlertNotice } from '../../domain/model/alert';
import type { DeskSettings } from '../../domain/model/desk';
import type { Clock } from '../../monitor/base/clock';
import type { Outcome } from './outcome';

/** Groups that are remembered, so that their notifications can be replaced and closed. */
const mostGroups = 200;
const answerMs = 5_000;
const noServer = 'No notification service is running on this desktop.';
const silent = 'The notification service of this desktop did not respond.';

interface Shown {
  notification: Notification;
  /** False: the person or the system has closed it. */
  isOpen: boolean;
}

export interface NotificationOptions {
  settings(): DeskSettings;
  outcome: Outcome;
  clock: Clock;
  /** IANA name of this computer's time zone. */
  zone(): string;
  /** Shows the view that a `heron://` link names. */
  open(link: string): void;
}

/** The system's notifications: one for each group of alerts, replaced by its later notices and closed with its end. */
export class DeskNotifications {
  readonly #groups = new Map<string, Shown>();

  constructor(private readonly options: NotificationOptions) {}

  handle(notice: AlertNotice): void {
    const before = this.#groups.get(notice.groupId);
    if (notice.kind === 'cleared') return this.#close(notice.groupId);
    if (!this.#isWanted(notice)) return;
    // What a person has closed comes back only when they have to be alerted again.
    if (!notice.isLoud && before?.isOpen !== true) return;
    const shown = this.#show(deskNotification(notice), notice.link);
    if (before?.isOpen) before.notification.close();
    this.#groups.delete(notice.groupId);
    if (shown) this.#groups.set(notice.groupId, shown);
    const [oldest] = this.#groups.keys();
    if (this.#groups.size > mostGroups && oldest !== undefined) this.#close(oldest);
  }

  /** Shows a notification to try them out; resolves when it is shown, or has failed. */
  async test(): Promise<void> {
    await new Promise<void>((resolve) => {
      const shown = this.#show(
        { title: 'Test of notifications', body: 'Alerts appear like this one.', urgency: 'normal' },
        'heron://wall',
        resolve,
      );
      if (shown === null) resolve();
      else this.#groups.set('test', shown);
    });
  }

  /** Closes all of them: nothing updates them once Heron has ended. */
  stop(): void {
    for (const id of this.#groups.keys()) this.#close(id);
  }

  #isWanted({ severity }: AlertNotice): boolean {
    const { settings, zone, clock } = this.options;
    const { notifies, notifiesFrom } = settings();
    if (!notifies || severityRank(severity) > severityRank(notifiesFrom)) return false;
    return !isQuiet(severity, settings(), zone(), clock.nowMs());
  }

  #show(content: DeskNotification, link: string, onSettled: () => void = () => undefined): Shown | null {
    const { outcome, clock, open } = this.options;
    if (!Notification.isSupported()) {
      outcome.failed(noServer);
      return null;
    }
    const { urgency } = content;
    const timeoutType = urgency === 'critical' ? 'never' : 'default';
    // Heron has sounds of its own, which know quiet hours and acknowledgements.
    const notification = new Notification({ ...content, timeoutType, silent: true });
    const shown: Shown = { notification, isOpen: true };
    let isSettled = false;
    const settle = (report: () => void): void => {
      if (isSettled) return;
      isSettled = true;
      cancel();
      report();
      onSettled();
    };
    const cancel = clock.after(answerMs, () => settle(() => outcome.failed(silent)));
    notification.on('show', () => settle(() => outcome.succeeded()));
    notification.on('failed', (_event, error) =>
      settle(() => outcome.failed(error ? `${error}.` : noServer)),
    );
    notification.on('close', () => (shown.isOpen = false));
    notification.on('click', () => open(link));
    notification.show();
    return shown;
  }

  #close(groupId: string): void {
    const shown = this.#groups.get(groupId);
    this.#groups.delete(groupId);
    if (shown?.isOpen) shown.notification.close();
  }
}
