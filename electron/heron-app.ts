import { app, session as electronSession } from 'electron';
import { makeOwnerOnlyFolder, restrictAppData } from '../db/file/owner-only';
import { log, logRestricted, startAppLog } from '../monitor/log/log';
import type { PollingDependencies } from '../monitor/start-monitor';
import { appUpdates } from './computer/app-updates';
import { appServices, type AppServices } from './app-services';
import { makeDesk, startsHidden } from './app-desk';
import type { Desk } from './desk/desk';
import { chooseAndOpen } from './files/opened-files';
import { publishTo } from './ipc/publish-to';
import { serveRequests } from './ipc/request-channel';
import { requestHandlers } from './ipc/request-handlers';
import type { LaunchArguments } from './launch-arguments';
import { answerSecondInstance } from './second-instance';
import { followSystem, stayUp } from './stay-up';
import { serveApp } from './security/app-protocol';
import type { PageFiles } from './security/page-files';
import { lockDownContents, lockDownSessions } from './security/lock-down';
import { builtFiles } from './session/built-files';
import { applyTheme } from './settings/appearance';
import { openPreferences } from './settings/first-run';
import type { PreferencesFile } from './settings/preferences';
import { setAppMenu } from './window/app-menu';
import { DeepLinks } from './window/deep-links';

const stopDeadlineMs = 10_000;

/** The app from start to exit. */
export class HeronApp {
  private readonly folder = app.getPath('userData');
  private readonly development = !app.isPackaged;
  private readonly services: AppServices;
  private readonly links: DeepLinks;
  private stopping = false;
  private desk: Desk | null = null;

  constructor(
    private readonly launched: LaunchArguments,
    polling: PollingDependencies,
    private readonly pageFiles: PageFiles,
  ) {
    makeOwnerOnlyFolder(this.folder);
    const restricted = restrictAppData(this.folder);
    startAppLog(this.folder, process.env);
    logRestricted(restricted);
    this.services = appServices(this.folder, launched, polling);
    const { window, startup } = this.services;
    const stop = (why: string): void => void this.stop(why);
    stayUp(this.services, { folder: this.folder, restarts: launched.restarts, stop });
    this.links = new DeepLinks(launched.link, window, () => !startup.failed);
  }

  /** Resolves when the window is open and monitoring has started, or the window shows why not. */
  async run(): Promise<void> {
    this.listenToSystem();
    await app.whenReady();
    performance.mark('electron-ready');
    log.info(`Heron ${app.getVersion()}, Electron ${process.versions['electron']}, data in ${this.folder}`);
    const preferences = await this.prepare();
    const { startup } = this.services;
    const started = startup.start();
    void started.then(() => this.services.vendor.start());
    // A fault in an inventory or a history is known at once. The demo fleet takes seconds, which the window shows.
    const { inventoryFile, view } = this.launched;
    const firstPage =
      inventoryFile === null || (await started) ? (view ?? this.links.firstPage) : startup.stoppedPage;
    this.openWindow(firstPage, preferences);
    // A failed start is shown also where Heron starts in the tray.
    if (!(await started) && startsHidden(this.launched)) this.services.window.bringToFront();
  }

  private listenToSystem(): void {
    const { files } = this.services;
    lockDownContents(app, (what) => log.warn(what));
    app.on('second-instance', (_event, _argv, _folder, passedOn) => {
      log.info('Heron was started again; this instance takes over.');
      this.links.openPassedOn(passedOn);
      answerSecondInstance(passedOn, this.folder, this.services).catch((fault: unknown) =>
        log.error('Handling a second instance failed:', fault),
      );
    });
    // macOS passes files this way, at the start and later.
    app.on('open-file', (event, file) => {
      event.preventDefault();
      void app.whenReady().then(() => files.open(file));
    });
    this.links.register();
    app.on('before-quit', (event) => {
      event.preventDefault();
      void this.stop('It was asked to quit.');
    });
    // macOS: Heron's icon in the dock was clicked.
    app.on('activate', () => this.services.window.bringToFront());
    app.on('window-all-closed', () => void this.stop('Its window was closed.'));
  }

  /** Everything between Electron being ready and the window being opened. */
  private async prepare(): Promise<PreferencesFile> {
    const { services } = this;
    const { window, files, pages, trapPort } = services;
    const { pageFiles } = this;
    lockDownSessions(
      app,
      electronSession.defaultSession,
      (what) => log.warn(what),
      pageFiles.reachableOrigins,
    );
    serveApp(pageFiles, pages);
    this.setMenu([]);
    const preferences = openPreferences(this.folder, this.startsPlainly());
    applyTheme(preferences.get().theme);
    await trapPort.set(preferences.get().trapPort);
    await services.metrics.start(preferences.get().metricsAddress);
    const updates = appUpdates(services.policy.policy, preferences.get().looksForUpdates);
    updates.start();
    const desk = this.makeDesk(preferences);
    serveRequests(() => window.current, {
      handlers: requestHandlers(services, preferences, updates, desk),
      fileIsOpen: () => files.opened !== null,
      checkResults: this.development,
    });
    return preferences;
  }

  private setMenu(quitStops: readonly string[]): void {
    const { files, window } = this.services;
    setAppMenu(this.development, quitStops, () => void chooseAndOpen(files, window.current));
  }

  private makeDesk(preferences: PreferencesFile): Desk {
    this.desk = makeDesk(this.services, preferences, {
      folder: this.folder,
      isEnding: () => this.stopping,
      quitStopsChanged: (lines) => this.setMenu(lines),
      quit: (why) => void this.stop(why),
    });
    return this.desk;
  }

  /** Started without saying what to monitor or to open. */
  private startsPlainly(): boolean {
    const { inventoryFile, openFile, link, demo } = this.launched;
    return inventoryFile === null && openFile === null && link === null && !demo;
  }

  private openWindow(page: string, preferences: PreferencesFile): void {
    const { window, publisher, startup, session } = this.services;
    const opened = window.open({
      preload: builtFiles.preload,
      page,
      development: this.development,
      preferences,
      isHidden: startsHidden(this.launched) && !startup.failed,
      // A failed start changes nothing, not even the window's place.
      savesPlace: () => !startup.failed,
      onRepeatedCrash: (retryInWords) => startup.showRepeatedCrash(retryInWords),
    });
    followSystem(opened, {
      computerSleeps: (isSuspended) => session.computerSleeps(isSuspended),
      prepareForEnd: () => session.prepareForEnd(),
      end: (why) => void this.stop(why),
    });
    publishTo(opened, publisher);
    if (startsHidden(this.launched)) publisher.pause();
    this.desk?.follow(opened);
    this.desk?.start();
    startup.followActions(opened);
  }

  /**
   * Closes the window, stops polling and the demo fleet, writes what is queued, and exits: 1 after a failed start. `why`: a sentence for
   * the log.
   */
  private async stop(why: string): Promise<void> {
    if (this.stopping) return;
    this.stopping = true;
    const { window, files, session, channels, startup } = this.services;
    const summary = session.summaryInWords;
    log.info(`Heron ends. ${why}`);
    window.close();
    const deadline = new Promise((resolve) =>
      setTimeout(resolve, stopDeadlineMs, 'Its history may not be closed.'),
    );
    // A delivery under way may be cut off: it is kept, and sent again with the same Idempotency-Key.
    void channels.stop();
    void this.services.metrics.stop();
    void this.services.vendor.stop();
    const stopped = Promise.resolve(this.desk?.stop())
      .then(() => files.stop())
      .then(() => session.stop())
      .then(() => 'Its history is closed.')
      .catch((fault: unknown) => {
        log.error('Stopping failed:', fault);
        return 'Its history may not be closed.';
      });
    const history = await Promise.race([stopped, deadline]);
    log.info(`Heron ended. ${summary} ${history}`);
    app.exit(startup.failed ? 1 : 0);
  }
}
