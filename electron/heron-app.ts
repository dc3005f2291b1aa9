import { mkdirSync } from 'node:fs';
import { app, session, type BrowserWindow } from 'electron';
import path from 'node:path';
import { z } from 'zod';
import type { NoticeName, NoticePayload, RequestFailure } from '../domain/contract/contract';
import { jsonText, noticeChannel } from '../domain/contract/ipc-json';
import { failureOf } from '../domain/contract/request-refused';
import { SnapshotPublisher } from '../monitor/pipeline/snapshot-publisher';
import type { SecretResolver } from '../monitor/secrets/secret-resolver';
import { applyTheme } from './settings/appearance';
import { appSecrets } from '../monitor/secrets/app-secrets';
import { appFiles } from './files/app-files';
import { askAndOpen, fileHandlers } from './files/file-handlers';
import { withOpenedFile } from './files/file-requests';
import type { OpenedFiles } from '../monitor/usecases/opened-files';
import type { ShownHistory } from '../monitor/usecases/current-history';
import { setAppMenu } from './window/app-menu';
import { Links } from './window/deep-links';
import { serveApp, type MadePages } from './security/app-protocol';
import { chooseHistory, putAside } from './ipc/history-handlers';
import { inventoryOf } from '../monitor/inventory/inventory-file';
import { inventoryHandlers } from './ipc/inventory-handlers';
import { serveRequests } from './ipc/request-channel';
import { openPasswordStore } from './settings/store-password';
import type { LaunchArguments } from './launch-arguments';
import { lockDownContents, lockDownSession } from './security/lock-down';
import { log, logWhatNobodyCaught, startLog } from '../monitor/log/log';
import { loadPage, openMainWindow } from './window/main-window';
import { builtFiles } from './session/built-files';
import type { PasswordStore } from '../monitor/secrets/password-store';
import { PreferencesFile } from './settings/preferences';
import { publishTo, toldAnew } from './ipc/publish-to';
import { requestHandlers } from './ipc/request-handlers';
import { takeSecondStart } from './session/second-instance';
import { hopelessPage, putStoppedPage, stoppedPagePath } from './window/stopped-page';
import { TrapPort, trapReceivers } from '../monitor/traps/trap-port';
import type { PollingDependencies } from '../monitor/start-monitor';
import { MonitorSession } from '../monitor/usecases/monitor-session';
import { sessionDependencies } from './session/session-dependencies';
import { followWays, waysOn, type WayOn } from './window/recovery-actions';

const endDeadlineMs = 10_000;

/** The app from start to end: one window, one `MonitorSession`, and what connects them. */
export class HeronApp {
  private readonly folder = app.getPath('userData');
  private readonly development = !app.isPackaged;
  private readonly pages: MadePages = new Map();
  private readonly publisher: SnapshotPublisher;
  private readonly watching: MonitorSession;
  private readonly passwords: PasswordStore;
  private readonly secrets: SecretResolver;
  private readonly trapPort: TrapPort;
  private readonly files: OpenedFiles;
  private window: BrowserWindow | null = null;
  private exitCode = 0;
  private readonly links: Links;
  private ending = false;

  constructor(
    private readonly launched: LaunchArguments,
    polling: PollingDependencies,
  ) {
    this.publisher = new SnapshotPublisher(polling.clock, (change) => this.send('snapshot.changed', change));
    this.links = new Links(launched.link, () => (this.exitCode === 0 ? this.window : null));
    this.passwords = openPasswordStore(this.folder);
    this.secrets = appSecrets(process.env, this.passwords);
    this.trapPort = new TrapPort(
      null,
      trapReceivers(this.secrets, (words) => log.warn('Traps:', words)),
    );
    this.watching = new MonitorSession(
      this.folder,
      sessionDependencies(this.folder, launched.demoArguments, this.secrets, this.trapPort, polling),
      this.publisher,
      {
        demoLost: (code) => log.error(`The demo fleet ended by itself, with code ${code}.`),
        // Events are numbered by history: the page must not mix two. The answer that is under way goes out first.
        historyChanged: () => setImmediate(() => this.reload()),
      },
    );
    this.files = appFiles(this.watching, this.publisher, {
      send: (status) => this.send('file.changed', status),
      reload: () => this.reload(),
      begin: () => this.watchAsLaunched(),
    });
  }

  async run(): Promise<void> {
    mkdirSync(this.folder, { recursive: true });
    startLog(this.folder);
    logWhatNobodyCaught();
    const report = (what: string): void => log.warn(what);
    lockDownContents(app, report);
    app.on('second-instance', (_event, _argv, _folder, handedOver) => this.secondStart(handedOver));
    // macOS hands over a file this way, at the start and later.
    app.on('open-file', (event, file) => {
      event.preventDefault();
      void app.whenReady().then(() => this.files.open(file));
    });
    this.links.take();
    app.on('before-quit', (event) => {
      event.preventDefault();
      void this.end();
    });
    app.on('window-all-closed', () => void this.end());

    await app.whenReady();
    performance.mark('electron-ready');
    log.info(`Heron ${app.getVersion()}, Electron ${process.versions['electron']}, data in ${this.folder}`);
    lockDownSession(session.defaultSession, report);
    serveApp(builtFiles.renderer, this.pages);
    setAppMenu(this.development, () => void askAndOpen(this.files, this.window));
    const preferences = new PreferencesFile(path.join(this.folder, 'preferences.json'), (fault) =>
      log.warn('Preferences:', fault),
    );
    applyTheme(preferences.get().theme);
    await this.trapPort.set(preferences.get().trapPort);
    const currentWindow = (): BrowserWindow | null => this.window;
    const live = requestHandlers(
      this.watching,
      preferences,
      this.trapPort,
      currentWindow,
      inventoryHandlers(this.watching, this.passwords, this.secrets, currentWindow),
    );
    const own = fileHandlers(this.files, () => this.shownHistory(), currentWindow, this.pages);
    const handlers = toldAnew(withOpenedFile(live, own, this.files), this.publisher);
    serveRequests(currentWindow, {
      handlers,
      fileIsOpen: () => this.files.opened !== null,
      checkResults: this.development,
    });
    const started = this.startWatching();
    // What is wrong with an inventory or a history is known at once; the demo fleet takes a while, on screen.
    const begun = this.launched.inventoryFile === null || (await started);
    const page = begun ? this.links.firstPage : stoppedPagePath;
    this.window = openMainWindow({
      preload: builtFiles.preload,
      page,
      development: this.development,
      preferences,
      // A start that failed changes nothing, this neither.
      keepsPlace: () => this.exitCode === 0,
      onHopeless: () => this.showStopped(hopelessPage),
    });
    publishTo(this.window, this.publisher);
    followWays(this.window, (way) => {
      this.takeWay(way).catch((fault: unknown) => log.error(`The way "${way}" failed:`, fault));
    });
    await started;
  }

  /** Starts what the command line asks for. When that fails, says so, prepares the page that does, and answers false. */
  private async startWatching(): Promise<boolean> {
    try {
      const { openFile } = this.launched;
      if (openFile === null || !(await this.files.open(openFile))) await this.watchAsLaunched();
      return true;
    } catch (fault) {
      const failure = failureOf(fault) ?? {
        what: 'Heron could not start.',
        where: `Heron’s main process: ${fault instanceof Error ? fault.message : String(fault)}`,
        todo: 'Start it again. The log file says more.',
      };
      this.exitCode = 1;
      process.stderr.write(`heron: ${failure.what}\n${failure.where}\n${failure.todo}\n`);
      log.error('Heron does not watch:', fault);
      this.showStopped(failure, waysOn(fault));
      return false;
    }
  }

  private async watchAsLaunched(): Promise<void> {
    const { inventoryFile, demo } = this.launched;
    if (inventoryFile !== null)
      await this.watching.startInventory(await inventoryOf(inventoryFile), inventoryFile);
    else if (demo) await this.watching.startDemo();
    else await this.watching.startStored();
  }

  /** What the person chose on the page that says why Heron does not watch. */
  private async takeWay(way: WayOn): Promise<void> {
    if (this.exitCode === 0) return;
    if (way === 'quit') return app.quit();
    const refused = this.watching.files.refused;
    if (way === 'open-other') {
      const chosen = await chooseHistory(this.window);
      if (chosen === null) return;
      this.watching.files.choose(chosen);
    }
    if (way === 'start-new' && refused !== null) {
      try {
        log.info(`The history was put aside as ${await putAside(refused)}.`);
      } catch (fault) {
        const failure = failureOf(fault);
        if (failure === null) throw fault;
        return this.showStopped(failure, ['open-other', 'quit']);
      }
    }
    this.exitCode = 0;
    if ((await this.startWatching()) && this.window !== null && !this.window.isDestroyed())
      await loadPage(this.window, '/');
  }

  private showStopped(failure: RequestFailure, ways: readonly WayOn[] = []): void {
    putStoppedPage(this.pages, failure, ways);
    if (this.window !== null && !this.window.isDestroyed()) void loadPage(this.window, stoppedPagePath);
  }

  private secondStart(handedOver: unknown): void {
    const paths = z.object({ inventoryFile: z.string().nullable(), openFile: z.string().nullable() });
    const handed = paths.safeParse(handedOver).data;
    log.info('Heron was started a second time.');
    if (handed?.openFile) void this.files.open(handed.openFile);
    this.links.openHandedOver(handedOver);
    takeSecondStart(handed?.inventoryFile ?? null, this.window, this.watching).catch((fault: unknown) =>
      log.error('A second start failed:', fault),
    );
  }

  private async shownHistory(): ReturnType<ShownHistory> {
    const { opened, history } = this.files;
    if (opened !== null && history !== null) return { file: opened.file, history, prove: null };
    const now = await this.watching.current();
    return { file: now.historyFile, history: now.history, prove: () => now.history.prove() };
  }

  private reload(): void {
    if (this.window !== null && !this.window.isDestroyed()) this.window.webContents.reload();
  }

  private send<N extends NoticeName>(name: N, payload: NoticePayload<N>): void {
    if (this.window !== null && !this.window.isDestroyed())
      this.window.webContents.send(noticeChannel, name, jsonText(payload));
  }

  /** Closes the window, stops polling and the demo fleet, writes what waits, and ends with the exit code. */
  private async end(): Promise<void> {
    if (this.ending) return;
    this.ending = true;
    if (this.window !== null && !this.window.isDestroyed()) this.window.close();
    const deadline = new Promise((resolve) => setTimeout(resolve, endDeadlineMs));
    await Promise.race([
      this.files
        .stop()
        .then(() => this.watching.stop())
        .catch((fault: unknown) => log.error('Stopping failed:', fault)),
      deadline,
    ]);
    app.exit(this.exitCode);
  }
}
