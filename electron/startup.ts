import { app, type BrowserWindow } from 'electron';
import type { RequestFailure } from '../domain/contract/contract';
import { failureOf } from '../domain/contract/request-refused';
import { inventoryOf } from '../monitor/inventory/inventory-file';
import { log } from '../monitor/log/log';
import type { MonitorSession } from '../monitor/usecases/monitor-session';
import type { OpenedFiles } from '../monitor/usecases/opened-files';
import { chooseInventory } from './files/choose-inventory';
import { chooseHistory, moveHistoryAside } from './files/history-file';
import type { LaunchArguments } from './launch-arguments';
import type { MadePages } from './security/app-protocol';
import type { AppWindow } from './window/app-window';
import { onRecoveryAction, recoveryActions, type RecoveryAction } from './window/recovery-actions';
import { putStoppedPage, repeatedCrash, stoppedPagePath } from './window/stopped-page';

/** What to open or to monitor. */
export type StartTarget = Pick<LaunchArguments, 'inventoryFile' | 'openFile' | 'demo'>;

const demoTarget: StartTarget = { inventoryFile: null, openFile: null, demo: true };

/** Starts what the command line asks for. When that fails, shows why, and carries out the recovery action the person chooses. */
export class Startup {
  /** Path of the page that says why Heron stopped. */
  readonly stoppedPage = stoppedPagePath;
  private failure: RequestFailure | null = null;
  private target: StartTarget;

  constructor(
    launched: StartTarget,
    private readonly session: MonitorSession,
    private readonly files: OpenedFiles,
    private readonly window: AppWindow,
    private readonly pages: MadePages,
  ) {
    this.target = launched;
  }

  /** True from a failed start to a successful recovery. */
  get failed(): boolean {
    return this.failure !== null;
  }

  /** Opens the file or starts monitoring as the command line says. Resolves to false when that failed, with the stopped page shown. */
  async start(): Promise<boolean> {
    try {
      const { openFile } = this.target;
      if (openFile === null || !(await this.files.open(openFile))) await this.startMonitoring();
      return true;
    } catch (fault) {
      const failure = failureOf(fault) ?? {
        what: 'Heron could not start.',
        where: `Heron’s main process: ${fault instanceof Error ? fault.message : String(fault)}`,
        todo: 'Start it again. The log file has the details.',
      };
      this.failure = failure;
      const lines = [failure.what, failure.where, ...(failure.faults ?? []), failure.todo];
      process.stderr.write(`heron: ${lines.join('\n')}\n`);
      log.error('Monitoring was not started:', fault);
      this.showStopped(failure, recoveryActions(fault));
      return false;
    }
  }

  /** Monitors the inventory of the command line, the demo fleet, or what is stored. */
  async startMonitoring(): Promise<void> {
    const { inventoryFile, demo } = this.target;
    if (inventoryFile !== null)
      await this.session.startInventory(await inventoryOf(inventoryFile), inventoryFile);
    else if (demo) await this.session.startDemo();
    else await this.session.startStored();
  }

  /**
   * Monitors after a file that was opened at the start is closed: what the command line asks for, or what is stored. Never the demo fleet
   * unasked: an auditor who opened a file has nothing to monitor.
   */
  async startAfterFile(): Promise<void> {
    if (this.target.openFile === null || this.target.inventoryFile !== null) await this.startMonitoring();
    else await this.session.startStoredOrEmpty();
  }

  /** Starts something else after a failed start. Resolves to false when that failed, too. */
  async restart(target: StartTarget): Promise<boolean> {
    this.target = target;
    this.failure = null;
    // The demo fleet takes seconds to start, which the window shows.
    const shown = target.demo ? this.window.show('/') : Promise.resolve();
    const started = await this.start();
    await shown;
    if (started && !target.demo) await this.window.show('/');
    return started;
  }

  /** Carries out the recovery actions that the person chooses in this window. */
  followActions(window: BrowserWindow): void {
    onRecoveryAction(window, (action) => {
      this.recover(action).catch((fault: unknown) =>
        log.error(`The recovery action ${action} failed:`, fault),
      );
    });
  }

  /** Shows that the page crashed again after each reload; monitoring continues. `retryInWords`: after how long it is shown again. */
  showRepeatedCrash(retryInWords: string): void {
    this.showStopped(repeatedCrash(retryInWords), ['show-window'], 'Heron');
  }

  private async recover(action: RecoveryAction): Promise<void> {
    if (!this.failed) return;
    if (action === 'quit') return app.quit();
    if (action === 'show-demo') return void (await this.restart(demoTarget));
    if (action === 'choose-inventory') {
      const inventoryFile = await chooseInventory(this.window.current);
      if (inventoryFile !== null) await this.restart({ inventoryFile, openFile: null, demo: false });
      return;
    }
    if (action === 'open-other' && !(await this.useOtherHistory())) return;
    if (action === 'start-new' && !(await this.moveRefusedAside())) return;
    await this.restart(this.target);
  }

  /** Shows the page that says what stopped, with the recovery actions as links. */
  private showStopped(
    failure: RequestFailure,
    actions: readonly RecoveryAction[] = [],
    title?: string,
  ): void {
    putStoppedPage(this.pages, failure, actions, title);
    void this.window.show(this.stoppedPage);
  }

  /** False: the person cancelled. */
  private async useOtherHistory(): Promise<boolean> {
    const chosen = await chooseHistory(this.window.current);
    if (chosen !== null) this.session.files.choose(chosen);
    return chosen !== null;
  }

  /** False: the file could not be renamed, and the page says why. */
  private async moveRefusedAside(): Promise<boolean> {
    const { refused } = this.session.files;
    if (refused === null) return true;
    try {
      log.info(`The history was renamed to ${await moveHistoryAside(refused)}.`);
      return true;
    } catch (fault) {
      const failure = failureOf(fault);
      if (failure === null) throw fault;
      this.showStopped(failure, ['open-other', 'quit']);
      return false;
    }
  }
}
