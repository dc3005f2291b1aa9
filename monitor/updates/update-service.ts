import { RequestRefused } from '../../domain/contract/request-refused';
import type { UpdateStatus } from '../../domain/contract/computer';
import type { Policy } from '../../domain/policy/policy';
import type { UpdateSearch } from './find-update';
import { UpdateError, type UpdateFeed, type UpdateManifest } from './update-manifest';

/** How this Heron came onto the computer, which decides who replaces it. */
export type InstallKind = 'deb' | 'rpm' | 'appimage' | 'windows' | 'mac' | 'archive' | 'checkout';

const firstCheckMs = 60_000;
const checkEveryMs = 24 * 3_600_000;
const searchTimeoutMs = 15_000;

export interface UpdateDependencies {
  /** Null: this package has nowhere to look. */
  feed: UpdateFeed | null;
  current: string;
  kind: InstallKind;
  policy: Policy;
  nowMs: () => number;
  find: (search: UpdateSearch) => Promise<UpdateManifest | null>;
  /** Downloads a version from a feed and has it installed when Heron is closed. Null: this kind of installation cannot. */
  install: ((manifest: UpdateManifest, feedUrl: string) => Promise<void>) | null;
  log: (words: string) => void;
}

type Found = Pick<UpdateStatus, 'state' | 'words'>;

const notChecked: Found = { state: 'idle', words: 'Not looked for yet.' };
const whereTo: Record<InstallKind, string> = {
  deb: 'Install it with apt, as Heron was.',
  rpm: 'Install it with dnf, as Heron was.',
  appimage: 'Download it and replace the AppImage.',
  windows: 'Download and run its installer.',
  mac: 'Download it and replace the app.',
  archive: 'Download it and replace the folder.',
  checkout: 'Pull it.',
};

/** Looks for newer versions, and installs one when a person asks for it. Nothing is downloaded before. */
export class UpdateService {
  private found: Found = notChecked;
  private manifest: UpdateManifest | null = null;
  private checkedMs: number | null = null;
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | null = null;

  constructor(
    private readonly given: UpdateDependencies,
    /** The user's own choice, which counts where no administrator made one. */
    private wanted: boolean,
  ) {}

  /** Checks soon, and then once a day. */
  start(): void {
    this.checkAfter(firstCheckMs);
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  status(): UpdateStatus {
    const { decidedBy, on } = this.decision();
    const off = !on;
    const { state, words } = off ? { state: 'off' as const, words: this.offWords() } : this.found;
    return {
      state,
      words,
      decidedBy,
      on,
      version: off ? null : (this.manifest?.version ?? null),
      page: off ? null : (this.manifest?.page ?? null),
      checkedMs: this.checkedMs,
      canInstall: on && state === 'newer' && this.mayInstall(),
    };
  }

  /** @throws RequestRefused where it is not the user's to decide */
  set(on: boolean): UpdateStatus {
    if (this.decision().decidedBy !== 'user')
      throw refused('Newer versions are not yours to decide on.', this.offWords());
    this.wanted = on;
    return this.status();
  }

  /** Looks now; while a search or a download runs, waits for that one. Never rejects. */
  async check(): Promise<UpdateStatus> {
    if (!this.decision().on || this.found.state === 'ready') return this.status();
    await this.once(() => this.search());
    return this.status();
  }

  /** @throws RequestRefused when there is none, or Heron may not */
  async install(): Promise<UpdateStatus> {
    const { manifest } = this;
    const { install, policy, feed } = this.given;
    if (manifest === null || install === null || feed === null || !this.status().canInstall)
      throw refused('There is no newer version that Heron can install.', 'Look for one first.');
    await this.once(async () => {
      this.found = { state: 'downloading', words: `Heron ${manifest.version} is being downloaded.` };
      await install(manifest, policy.updates?.url ?? feed.url);
      this.found = {
        state: 'ready',
        words: `Heron ${manifest.version} is installed when you close Heron. Monitoring goes on until then.`,
      };
    });
    return this.status();
  }

  private async once(work: () => Promise<void>): Promise<void> {
    this.running ??= work()
      .catch((fault: unknown) => this.failed(fault))
      .finally(() => (this.running = null));
    await this.running;
  }

  private async search(): Promise<void> {
    const { feed, policy, current } = this.given;
    if (feed === null) return;
    this.found = { state: 'checking', words: 'Looking for a newer version.' };
    this.manifest = await this.given.find({
      feed: { ...feed, url: policy.updates?.url ?? feed.url },
      channel: policy.updates?.channel ?? 'stable',
      current,
      timeoutMs: searchTimeoutMs,
    });
    this.checkedMs = this.given.nowMs();
    this.found =
      this.manifest === null
        ? { state: 'current', words: `Heron ${current} is the newest version.` }
        : { state: 'newer', words: `Heron ${this.manifest.version} is available. ${this.todo()}`.trim() };
  }

  private failed(fault: unknown): void {
    const reason = fault instanceof UpdateError ? fault.message : String(fault);
    this.given.log(`Newer versions: ${reason}`);
    this.found = { state: 'failed', words: `Whether there is a newer version is not known. ${reason}` };
  }

  private checkAfter(waitMs: number): void {
    this.timer = setTimeout(() => {
      void this.check().finally(() => this.checkAfter(checkEveryMs));
    }, waitMs);
    this.timer.unref();
  }

  private decision(): Pick<UpdateStatus, 'decidedBy' | 'on'> {
    const { feed, policy } = this.given;
    if (feed === null) return { decidedBy: 'build', on: false };
    const mode = policy.updates?.mode;
    return mode === undefined
      ? { decidedBy: 'user', on: this.wanted }
      : { decidedBy: 'administrator', on: mode !== 'off' };
  }

  private mayInstall(): boolean {
    return this.given.install !== null && this.given.policy.updates?.mode !== 'notify';
  }

  private todo(): string {
    if (this.given.policy.updates?.mode === 'notify')
      return 'Your administrator decides when it is installed.';
    return this.mayInstall() ? '' : whereTo[this.given.kind];
  }

  private offWords(): string {
    const { decidedBy } = this.decision();
    if (decidedBy === 'build') return 'This package of Heron has nowhere to look for newer versions.';
    return decidedBy === 'administrator'
      ? 'Your administrator turned looking for newer versions off.'
      : 'Newer versions are not looked for.';
  }
}

function refused(what: string, todo: string): RequestRefused {
  return new RequestRefused({ what, where: 'Settings, Newer versions', todo });
}
