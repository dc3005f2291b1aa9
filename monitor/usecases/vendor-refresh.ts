import { createHash } from 'node:crypto';
import type { Dispatcher } from 'undici';
import { failureOf, RequestRefused } from '../../domain/contract/request-refused';
import type { RequestFailure } from '../../domain/contract/request-failure';
import type { VendorStatus } from '../../domain/contract/vendor';
import type { InventoryFile } from '../../domain/inventory/inventory-file';
import { problemInWords } from '../../domain/inventory/inventory-problem';
import type { Reason } from '../../domain/model/health';
import type { ClusterView } from '../../domain/model/snapshot';
import { checkedImport, type CheckedImport } from '../../domain/vendor/checked-import';
import { findDrift, type DriftFinding } from '../../domain/vendor/drift';
import {
  changeCount,
  changeWords,
  importPreview,
  type ImportPreview,
} from '../../domain/vendor/import-preview';
import { addressesOf, type VendorSettings } from '../../domain/vendor/vendor-settings';
import { plural } from '../../domain/words/amount';
import { every, type Clock } from '../base/clock';
import type { SecretResolver } from '../secrets/secret-resolver';
import { progressFile } from '../vendor/import-progress';
import { readingStateFile, type ReadingState } from '../vendor/reading-state';
import { pageSize } from '../vendor/read-vendor-inventory';
import { trafficOfDisabled } from './carried-before';
import { readFromVendor, refuseMassRemoval } from './vendor-import';

const hourMs = 3_600_000;
/** How often it is looked whether a reading is due. */
const tickMs = 30_000;
/** After a failure a scheduled reading is tried again after this long, or after the scheduled time where that is shorter. */
const retryMs = hourMs;
/** A shorter wait is not shown. */
const noticedWaitMs = 2_000;

export interface VendorRefreshDependencies {
  /** The source and its schedule; null: nothing is set up. */
  settings: () => VendorSettings | null;
  secrets: SecretResolver;
  files: { progress: string; state: string };
  clock: Clock;
  random: () => number;
  dispatcher?: Dispatcher;
  /** The inventory that an import changes. */
  current: () => Promise<InventoryFile>;
  apply: (file: InventoryFile) => Promise<void>;
  /** Whether a scheduled reading may apply what it read now. */
  mayApplyItself: () => boolean;
  /** The rows as they are shown now. */
  rows: () => readonly ClusterView[];
  /** The mean traffic of a cluster in the last day by the history, bits per second; null: not known. */
  carriedBefore?: (clusterId: string) => Promise<number | null>;
  /** How a person looks at changes and applies them, a sentence. */
  reviewWords: string;
  /** Records a finding in the history. */
  report: (reason: Reason) => void;
  /** Called with an error in Heron. */
  onFault: (fault: unknown) => void;
}

/** What was read, and what importing it would change. */
interface Proposal {
  id: string;
  vendor: NonNullable<ReadingState['vendor']>;
  checked: CheckedImport;
}

/**
 * Reads the vendor's inventory when a person asks and as scheduled, and proposes what would change. It applies nothing by itself unless the schedule
 * says so. What was read, and what was reported, survives a restart; an interrupted reading goes on where it stopped.
 */
export class VendorRefresh {
  #state: ReadingState | null = null;
  #changes: number | null = null;
  #keptPages = 0;
  #reading: (NonNullable<VendorStatus['reading']> & { abort: AbortController }) | null = null;
  #running: Promise<void> = Promise.resolve();
  #stopTicks: () => void = () => undefined;
  #isStopped = false;
  /** The latest proposal, and what it was made from: thousands of edges take a few hundred milliseconds. */
  #known: { settings: VendorSettings; text: string; proposal: Proposal } | null = null;
  readonly #stateFile: ReturnType<typeof readingStateFile>;
  readonly #progress: ReturnType<typeof progressFile>;

  constructor(private readonly dependencies: VendorRefreshDependencies) {
    this.#stateFile = readingStateFile(dependencies.files.state);
    this.#progress = progressFile(dependencies.files.progress);
  }

  /** Loads what was read before, and begins to look at the schedule. */
  async start(): Promise<void> {
    this.#state = await this.#stateFile.load();
    await this.#progressChanged();
    await this.inventoryChanged();
    this.#tick();
    this.#stopTicks = every(this.dependencies.clock, tickMs, () => this.#tick());
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#stopTicks();
    this.cancel();
    await this.#running;
  }

  /** Another source was set up: what the one before had counts no more. */
  async sourceChanged(): Promise<void> {
    this.cancel();
    await this.#running;
    const settings = this.dependencies.settings();
    if (settings === null) await Promise.all([this.#stateFile.remove(), this.#progress.remove()]);
    if (settings === null || this.#state?.apiUrl !== addressesOf(settings).apiUrl) this.#state = null;
    await this.#progressChanged();
    await this.inventoryChanged();
    this.#tick();
  }

  /** The own inventory has changed, and so does what an import would change. */
  async inventoryChanged(): Promise<void> {
    const proposal = await this.#proposal().catch(() => null);
    this.#changes = proposal === null ? null : changeCount(proposal.checked.diff);
  }

  status(): Pick<VendorStatus, 'reading' | 'failure' | 'readAtMs' | 'nextAtMs' | 'changes' | 'keptPages'> {
    const reading = this.#reading;
    return {
      reading: reading && {
        sinceMs: reading.sinceMs,
        clusters: reading.clusters,
        edges: reading.edges,
        wait: reading.wait && reading.wait.untilMs > this.dependencies.clock.nowMs() ? reading.wait : null,
      },
      failure: this.#state?.failure ?? null,
      readAtMs: this.#state?.vendor?.readAtMs ?? null,
      nextAtMs: this.#nextAtMs(),
      changes: this.#changes,
      keptPages: this.#keptPages,
    };
  }

  async preview(): Promise<ImportPreview | null> {
    const proposal = await this.#proposal();
    return proposal && importPreview(proposal.id, proposal.vendor, proposal.checked);
  }

  async drift(): Promise<DriftFinding[] | null> {
    const vendor = this.#state?.vendor ?? null;
    if (vendor === null) return null;
    const rows = this.dependencies.rows();
    const { carriedBefore = () => Promise.resolve(null) } = this.dependencies;
    const carried = await trafficOfDisabled(vendor, rows, carriedBefore);
    return findDrift(vendor, await this.dependencies.current(), rows, carried);
  }

  /** Begins to read unless it does already. @throws RequestRefused where no source is set up */
  read(): void {
    if (this.dependencies.settings() === null) throw notSetUp();
    void this.#read(false);
  }

  /** Resolves when nothing is being read any more. */
  idle(): Promise<void> {
    return this.#running;
  }

  cancel(): void {
    this.#reading?.abort.abort();
  }

  /** Applies the import that has this id, after `beforeApply`. @throws RequestRefused when it would be another one, or would remove most and that is not allowed */
  async apply(
    id: string,
    allowsRemovals: boolean,
    beforeApply: (file: InventoryFile) => void = () => undefined,
  ): Promise<void> {
    const proposal = await this.#proposal();
    if (proposal?.id !== id)
      throw new RequestRefused({
        what: 'What the import would change is not what was shown any more. Nothing was changed.',
        where: 'The import from the vendor.',
        todo: 'Look at the changes again, and apply them then.',
      });
    const { file, removedShare } = proposal.checked;
    refuseMassRemoval(removedShare, allowsRemovals, 'Check the source, or confirm the removal.');
    beforeApply(file);
    await this.dependencies.apply(file);
    await this.inventoryChanged();
  }

  #tick(): void {
    const next = this.#nextAtMs();
    if (next !== null && next <= this.dependencies.clock.nowMs()) void this.#read(true);
  }

  #nextAtMs(): number | null {
    const everyHours = this.dependencies.settings()?.schedule.everyHours ?? null;
    if (everyHours === null) return null;
    // What was interrupted goes on at once.
    if (this.#state === null || this.#state.isReading) return this.dependencies.clock.nowMs();
    const intervalMs = everyHours * hourMs;
    return this.#state.triedAtMs + (this.#state.failure ? Math.min(retryMs, intervalMs) : intervalMs);
  }

  /** Never rejects: why it failed is in the status. */
  #read(isScheduled: boolean): Promise<void> {
    if (this.#reading !== null) return this.#running;
    const abort = new AbortController();
    const sinceMs = this.dependencies.clock.nowMs();
    this.#reading = { sinceMs, clusters: 0, edges: 0, wait: null, abort };
    this.#running = this.#readOnce(abort.signal)
      .then(() => (isScheduled && !abort.signal.aborted ? this.#propose() : this.inventoryChanged()))
      .catch((fault: unknown) => this.dependencies.onFault(fault))
      .finally(() => (this.#reading = null));
    return this.#running;
  }

  async #readOnce(signal: AbortSignal): Promise<void> {
    const { clock, random, secrets, dispatcher } = this.dependencies;
    const settings = this.dependencies.settings();
    if (settings === null) return;
    const addresses = addressesOf(settings);
    const before = this.#state ?? nothingRead(addresses.apiUrl);
    const triedAtMs = clock.nowMs();
    await this.#save({ ...before, triedAtMs, isReading: true });
    try {
      const vendor = await readFromVendor({
        ...{ source: settings.source, addresses, secrets, clock, random, signal },
        ...(dispatcher ? { dispatcher } : {}),
        progress: this.#progress,
        onProgress: (clusters, edges) =>
          this.#reading && Object.assign(this.#reading, { clusters, edges, wait: null }),
        onWait: (delayMs, words) =>
          delayMs > noticedWaitMs &&
          this.#reading &&
          Object.assign(this.#reading, { wait: { untilMs: clock.nowMs() + delayMs, words } }),
      });
      await this.#save({ ...before, triedAtMs, isReading: false, failure: null, vendor });
    } catch (fault) {
      if (failureOf(fault) === null) this.dependencies.onFault(fault);
      // Who cancels it knows why it ended; the status has the pages that are kept.
      const failure = signal.aborted ? null : (failureOf(fault) ?? ownFault());
      await this.#save({ ...before, triedAtMs, isReading: false, failure });
    }
    await this.#progressChanged();
  }

  /** After a scheduled reading: a finding about what would change, once, or the import itself. */
  async #propose(): Promise<void> {
    await this.inventoryChanged();
    const state = this.#state;
    if (state === null) return;
    if (state.failure !== null) return this.#reportOnce(state.failure.what, unreadableReason(state.failure));
    const proposal = await this.#proposal();
    if (proposal === null || changeCount(proposal.checked.diff) === 0) return this.#reportOnce(null, null);
    const { diff, file } = proposal.checked;
    const previewOfIt = importPreview(proposal.id, proposal.vendor, proposal.checked);
    const appliesItself = this.dependencies.settings()?.schedule.appliesItself === true;
    if (!appliesItself || !this.dependencies.mayApplyItself() || previewOfIt.removedShare !== null)
      return this.#reportOnce(
        proposal.id,
        changesReason(diff, previewOfIt.removedShare, this.dependencies.reviewWords),
      );
    await this.dependencies.apply(file);
    await this.inventoryChanged();
    // It may have been proposed before, by the same id.
    return this.#reportOnce(`applied ${proposal.id}`, appliedReason(diff));
  }

  async #reportOnce(what: string | null, reason: Reason | null): Promise<void> {
    if (this.#state === null || this.#state.reported === what) return;
    await this.#save({ ...this.#state, reported: what });
    if (reason) this.dependencies.report(reason);
  }

  async #proposal(): Promise<Proposal | null> {
    const settings = this.dependencies.settings();
    const vendor = this.#state?.vendor ?? null;
    if (settings === null || vendor === null || this.#isStopped) return null;
    const current = await this.dependencies.current();
    const text = JSON.stringify(current);
    const known = this.#known;
    if (known?.proposal.vendor === vendor && known.settings === settings && known.text === text)
      return known.proposal;
    const proposal = proposalOf(vendor, current, settings);
    this.#known = { settings, text, proposal };
    return proposal;
  }

  async #save(state: ReadingState): Promise<void> {
    this.#state = state;
    await this.#stateFile.save(state);
  }

  async #progressChanged(): Promise<void> {
    const stored = await this.#progress.load();
    const isComplete = stored === null || (stored.clusters.isComplete && stored.edges.isComplete);
    const items = stored === null ? 0 : stored.clusters.items.length + stored.edges.items.length;
    this.#keptPages = isComplete ? 0 : Math.ceil(items / pageSize);
  }
}

function nothingRead(apiUrl: string): ReadingState {
  return { version: 1, apiUrl, triedAtMs: 0, isReading: false, failure: null, vendor: null, reported: null };
}

function notSetUp(): RequestRefused {
  return new RequestRefused({
    what: 'No source is set up.',
    where: 'Settings, Inventory source.',
    todo: 'Set up the vendor’s API there first.',
  });
}

function ownFault(): RequestFailure {
  return {
    what: 'Heron could not read the vendor because of a fault of its own.',
    where: 'The import from the vendor.',
    todo: 'Try again. The log file has the details.',
  };
}

function changesReason(
  diff: CheckedImport['diff'],
  removedShare: number | null,
  reviewWords: string,
): Reason {
  const detail =
    removedShare === null
      ? reviewWords
      : `${Math.round(removedShare * 100)} % of what was imported earlier is gone there: check the source before you apply it.`;
  return {
    code: 'vendor-changes',
    fact: `${plural(changeCount(diff), 'change')} at the vendor: ${changeWords(diff)}.`,
    detail,
  };
}

function appliedReason(diff: CheckedImport['diff']): Reason {
  return {
    code: 'vendor-changes-applied',
    fact: `${plural(changeCount(diff), 'change')} at the vendor applied: ${changeWords(diff)}.`,
    detail: 'The schedule of the inventory source says so. The history has the inventory before.',
  };
}

function unreadableReason({ what, todo }: RequestFailure): Reason {
  return {
    code: 'vendor-unreadable',
    fact: `The vendor’s inventory could not be read: ${what}`,
    detail: todo,
  };
}

/** @throws RequestRefused where rules or credentials are wrong */
function proposalOf(vendor: Proposal['vendor'], current: InventoryFile, settings: VendorSettings): Proposal {
  const checked = checkedImport(vendor, current, settings.source);
  if (!checked.ok)
    throw new RequestRefused({
      what: 'The rules or the credentials of the source lead to an inventory that is not valid.',
      where: 'Settings, Inventory source.',
      todo: 'Correct them.',
      faults: checked.problems.slice(0, 20).map((problem) => problemInWords('the import', problem)),
    });
  const id = createHash('sha256').update(JSON.stringify(checked.import.file)).digest('hex').slice(0, 32);
  return { id, vendor, checked: checked.import };
}
