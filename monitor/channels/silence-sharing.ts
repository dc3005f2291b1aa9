import {
  acknowledgementComment,
  acknowledgementMatchers,
  acknowledgementOf,
  labelMatchers,
  matcherOfLabels,
  sharedKey,
  type SharedAcknowledgement,
} from '../../domain/alerts/delivery/shared-silences';
import type { Alert, AlertList, Silence } from '../../domain/model/alert';
import type { AlertService } from '../alerts/alert-service';
import type { Clock } from '../base/clock';
import type { Alertmanager, RemoteSilence } from './alertmanager';

/** What silences are called here that come from an Alertmanager: this and their id there. */
const prefix = 'alertmanager/';
const mostImported = 500;
/** How long an acknowledgement without a time lasts there; it is extended while it stands, so that it ends if every Heron does. */
const openEndMs = 60 * 60_000;
const extendMs = 30 * 60_000;
/** Desks do not detect the same fault at the same moment: an acknowledgement covers what opened this much later. */
const sameFaultMs = 60_000;
const itself = 'Alertmanager';

/** Silences and acknowledgements of this Heron, and those of an Alertmanager, made the same in both directions. */
export class SilenceSharing {
  /** Of silences that were made here: their ids there. */
  readonly #exported = new Map<string, string>();
  /** The ids here of silences that came from there. */
  readonly #imported = new Set<string>();
  /** Of acknowledged alerts, by what they are about: their ids there. */
  readonly #linked = new Map<string, string>();

  constructor(
    private readonly alertmanager: Pick<Alertmanager, 'silences' | 'put' | 'expire'>,
    private readonly clock: Pick<Clock, 'nowMs'>,
  ) {}

  /** Compares both sides once. @throws DeliveryFailure */
  async synchronise(alerts: AlertService): Promise<void> {
    const remote = await this.alertmanager.silences();
    const acknowledged = new Map<string, { silence: RemoteSilence; about: SharedAcknowledgement }>();
    const silences: RemoteSilence[] = [];
    for (const silence of remote) {
      const about = acknowledgementOf(silence.comment, silence.matchers);
      if (about) acknowledged.set(sharedKey(about), { silence, about });
      else silences.push(silence);
    }
    const { silences: local } = alerts.list();
    for (const { id } of local) if (id.startsWith(prefix)) this.#imported.add(id);
    await this.#takeSilences(alerts, local, silences);
    await this.#giveSilences(alerts, local, silences);
    await this.#shareAcknowledgements(alerts, alerts.list(), acknowledged);
  }

  async #takeSilences(
    alerts: AlertService,
    local: readonly Silence[],
    remote: readonly RemoteSilence[],
  ): Promise<void> {
    const here = new Map(local.map((silence) => [silence.id, silence]));
    const there = new Set(remote.map(({ id }) => `${prefix}${id}`));
    for (const id of here.keys())
      if (id.startsWith(prefix) && !there.has(id)) {
        alerts.endSilence(id, itself);
        this.#imported.delete(id);
      }
    for (const silence of remote) {
      const id = `${prefix}${silence.id}`;
      const known = here.get(id);
      const source = idInComment(silence.comment);
      if (source !== null && (here.has(source) || this.#exported.has(source))) continue;
      if (known?.endsMs === silence.endsAt) continue;
      if (!known && this.#imported.has(id)) {
        // A person ended it here.
        this.#imported.delete(id);
        await this.alertmanager.expire(silence.id);
        continue;
      }
      const matcher = matcherOfLabels(silence.matchers);
      if (matcher === null || this.#imported.size >= mostImported || silence.endsAt <= this.clock.nowMs())
        continue;
      if (known) alerts.endSilence(id, itself);
      const author = silence.createdBy.trim().slice(0, 80) || itself;
      const reason = plainComment(silence.comment).slice(0, 500) || 'No reason was entered';
      alerts.addSilence({ id, matcher, author, reason, endsMs: silence.endsAt });
      this.#imported.add(id);
    }
  }

  async #giveSilences(
    alerts: AlertService,
    local: readonly Silence[],
    remote: readonly RemoteSilence[],
  ): Promise<void> {
    const own = new Map(local.filter(({ id }) => !id.startsWith(prefix)).map((one) => [one.id, one]));
    const there = new Map(remote.map((silence) => [silence.id, silence]));
    for (const [id, remoteId] of this.#exported) {
      if (own.has(id) && !there.has(remoteId)) alerts.endSilence(id, itself);
      else if (!own.has(id) && there.has(remoteId)) await this.alertmanager.expire(remoteId);
      else if (own.has(id)) continue;
      this.#exported.delete(id);
      own.delete(id);
    }
    for (const silence of remote) {
      const id = idInComment(silence.comment);
      if (id !== null && own.has(id)) this.#exported.set(id, silence.id);
    }
    for (const [id, { matcher, author, reason, fromMs, endsMs }] of own) {
      if (this.#exported.has(id) || endsMs <= this.clock.nowMs()) continue;
      const times = { startsMs: fromMs, endsMs };
      const comment = `${reason} [Heron ${id}]`;
      this.#exported.set(
        id,
        await this.alertmanager.put({
          matchers: labelMatchers(matcher),
          ...times,
          createdBy: author,
          comment,
        }),
      );
    }
  }

  async #shareAcknowledgements(
    alerts: AlertService,
    { alerts: all }: AlertList,
    remote: ReadonlyMap<string, { silence: RemoteSilence; about: SharedAcknowledgement }>,
  ): Promise<void> {
    const open = new Map(all.filter(({ state }) => state === 'open').map((one) => [sharedKey(one), one]));
    for (const [key, remoteId] of this.#linked) {
      const alert = open.get(key);
      const isThere = remote.get(key)?.silence.id === remoteId;
      if (alert?.acknowledged && isThere) continue;
      if (alert?.acknowledged) withdraw(alerts, alert);
      else if (isThere) await this.alertmanager.expire(remoteId);
      this.#linked.delete(key);
      open.delete(key);
    }
    for (const [key, alert] of open) {
      const shared = remote.get(key);
      if (alert.acknowledged) await this.#give(key, alert, alert.acknowledged, shared?.silence);
      else if (shared && alert.openedMs <= shared.silence.startsAt + sameFaultMs) {
        const { words, until, sticky } = shared.about;
        const by = shared.silence.createdBy.trim().slice(0, 80) || itself;
        const input = { ids: [alert.id], by, words, until, sticky, assignee: null, withdrawn: false };
        if (alerts.acknowledge(input)) this.#linked.set(key, shared.silence.id);
      }
    }
  }

  /** Adds what was acknowledged here, or extends it. */
  async #give(
    key: string,
    alert: Alert,
    { by, words, until, sticky, atMs }: NonNullable<Alert['acknowledged']>,
    there: RemoteSilence | undefined,
  ): Promise<void> {
    const nowMs = this.clock.nowMs();
    const endsMs = until.kind === 'time' ? until.atMs : nowMs + openEndMs;
    if (there) {
      this.#linked.set(key, there.id);
      if (until.kind === 'time' || there.endsAt - nowMs > extendMs) return;
    }
    if (endsMs <= nowMs) return;
    const { id, createdBy = by, comment = acknowledgementComment(words, until, sticky) } = there ?? {};
    const remoteId = await this.alertmanager.put({
      ...(id === undefined ? {} : { id }),
      ...{ matchers: acknowledgementMatchers(alert), startsMs: there?.startsAt ?? atMs, endsMs },
      ...{ createdBy, comment },
    });
    this.#linked.set(key, remoteId);
  }
}

function withdraw(alerts: AlertService, { id }: Alert): void {
  const until = { kind: 'recovers' } as const;
  alerts.acknowledge({
    ...{ ids: [id], by: itself, words: '', until, sticky: false, assignee: null, withdrawn: true },
  });
}

const ownComment = /\s*\[Heron (silence-[0-9]{1,16}-[0-9]{1,9})\]$/;

function idInComment(comment: string): string | null {
  return ownComment.exec(comment)?.[1] ?? null;
}

function plainComment(comment: string): string {
  return comment
    .replace(ownComment, '')
    .replace(/\p{C}+/gu, ' ')
    .trim();
}
