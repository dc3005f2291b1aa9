import type { Dispatcher } from 'undici';
import { z } from 'zod';
import {
  vendorClusterSchema,
  vendorEdgeSchema,
  type VendorCluster,
  type VendorEdge,
  type VendorInventory,
} from '../../domain/vendor/vendor-objects';
import type { VendorAddresses } from '../../domain/vendor/vendor-source';
import { asJson } from '../base/as-json';
import type { Clock } from '../base/clock';
import { AccessToken } from './access-token';
import { canContinue, newProgress, type ImportProgress, type ProgressStore } from './import-progress';
import { RequestBudget, wait } from './request-budget';
import { sendRequest, type VendorAnswer } from './send-request';
import { VendorFailure } from './vendor-failure';

/** Entries of a page, as the vendor's own clients request them. */
export const pageSize = 100;
/** More pages than any customer has: an API that never ends its list is broken. */
const maxPages = 1_000;
const maxTries = 6;
const firstBackoffMs = 1_000;
/** A longer wait than this is left to the next import. */
const maxWaitMs = 15 * 60_000;

export interface ReadVendorOptions {
  addresses: VendorAddresses;
  client: { id: string; secret: string };
  clock: Clock;
  progress: ProgressStore;
  /** Uniform in [0, 1), for the backoff. */
  random: () => number;
  /** Called after each page. */
  onProgress?: (clusters: number, edges: number) => void;
  /** Called before a wait that a person may notice. */
  onWait?: (delayMs: number, why: string) => void;
  dispatcher?: Dispatcher;
  /** Ends the reading; what was read is kept. */
  signal?: AbortSignal;
  /** Also returns what was read completely in the last half hour, so that what a person saw in a preview is what is applied. */
  reusesComplete?: boolean;
}

/** The first page of each list. */
export interface VendorSample {
  clusters: VendorCluster[];
  edges: VendorEdge[];
  /** Whether the vendor has no more than that. */
  isAll: boolean;
}

const resources = [
  { part: 'clusters', path: 'virtualZenClusters', item: vendorClusterSchema },
  { part: 'edges', path: 'virtualZenNodes', item: vendorEdgeSchema },
] as const;

/**
 * Reads all clusters and edges from the vendor, within its rate limits, and goes on with what an earlier, interrupted import has read. An object
 * on two pages means that the list changed meanwhile: then it is read once more. @throws VendorFailure
 */
export async function readVendorInventory(options: ReadVendorOptions): Promise<VendorInventory> {
  const reader = new Reader(options, await options.progress.load());
  return reader.read();
}

/** Signs in and reads the first page of each list, without trying again. Counts for the rate limits and stores nothing else. @throws VendorFailure */
export async function sampleVendorInventory(options: ReadVendorOptions): Promise<VendorSample> {
  const reader = new Reader(options, await options.progress.load());
  return reader.sample();
}

class Reader {
  readonly #token: AccessToken;
  readonly #budget: RequestBudget;
  #progress: ImportProgress;

  constructor(
    private readonly options: ReadVendorOptions,
    stored: ImportProgress | null,
  ) {
    const { addresses, client, clock, reusesComplete = false } = options;
    this.#token = new AccessToken(addresses.tokenUrl, client, clock, options);
    this.#budget = new RequestBudget(clock, stored?.requestTimes, options.onWait);
    const { apiUrl } = addresses;
    const goesOn = stored !== null && canContinue(stored, { apiUrl, nowMs: clock.nowMs(), reusesComplete });
    this.#progress = goesOn ? stored : newProgress(apiUrl, clock.nowMs());
  }

  async sample(): Promise<VendorSample> {
    try {
      const [forClusters, forEdges] = resources;
      const clusters = await this.#page(forClusters.path, 1, z.array(forClusters.item).max(pageSize), 1);
      const edges = await this.#page(forEdges.path, 1, z.array(forEdges.item).max(pageSize), 1);
      return { clusters, edges, isAll: Math.max(clusters.length, edges.length) < pageSize };
    } finally {
      await this.options.progress.save({ ...this.#progress, requestTimes: this.#budget.times() });
    }
  }

  async read(): Promise<VendorInventory> {
    for (let attempt = 1; ; attempt += 1) {
      for (const resource of resources) await this.#readAll(resource);
      const repeated = repeatedId(this.#progress.clusters.items) ?? repeatedId(this.#progress.edges.items);
      if (repeated === null) break;
      this.#progress = newProgress(this.options.addresses.apiUrl, this.options.clock.nowMs());
      if (attempt === 1) continue;
      throw new VendorFailure(
        `The vendor's list changes while it is read: object ${repeated} was on two pages, twice.`,
        this.options.addresses.apiUrl,
        'Import again when nobody edits the clusters.',
        true,
      );
    }
    const { clusters, edges } = this.#progress;
    return { readAtMs: this.options.clock.nowMs(), clusters: clusters.items, edges: edges.items };
  }

  async #readAll({ part, path, item }: (typeof resources)[number]): Promise<void> {
    const pageSchema = z.array(item).max(pageSize);
    while (!this.#progress[part].isComplete) {
      const { nextPage, items } = this.#progress[part];
      if (nextPage > maxPages) throw this.#unexpected(path, `lists more than ${maxPages} pages`);
      const page = await this.#page(path, nextPage, pageSchema);
      const isComplete = page.length < pageSize;
      this.#progress = {
        ...this.#progress,
        [part]: { nextPage: nextPage + 1, isComplete, items: [...items, ...page] },
        requestTimes: this.#budget.times(),
      };
      await this.options.progress.save(this.#progress);
      this.options.onProgress?.(this.#progress.clusters.items.length, this.#progress.edges.items.length);
    }
  }

  /** One page, tried again while the failure may pass. A refused token is renewed once. */
  async #page<T>(path: string, page: number, schema: z.ZodType<T[]>, most = maxTries): Promise<T[]> {
    let renewed = false;
    for (let tries = 1; ; tries += 1) {
      try {
        const answer = await this.#get(path, page);
        if (answer.status === 401 && !renewed) {
          renewed = true;
          this.#token.discard();
          continue;
        }
        return this.#entries(answer, path, schema);
      } catch (fault) {
        if (!(fault instanceof VendorFailure) || !fault.isPassing || tries >= most) throw fault;
        await this.#waitBefore(fault, tries);
      }
    }
  }

  async #get(path: string, page: number): Promise<VendorAnswer> {
    const token = await this.#token.get();
    await this.#budget.take(path, this.options.signal);
    const url = `${this.options.addresses.apiUrl}/${path}?page=${page}&pageSize=${pageSize}`;
    const headers = { authorization: `Bearer ${token}` };
    try {
      return await sendRequest(url, { method: 'GET', headers }, this.options);
    } finally {
      this.#budget.answered(path);
    }
  }

  #entries<T>(answer: VendorAnswer, path: string, schema: z.ZodType<T[]>): T[] {
    const where = `${this.options.addresses.apiUrl}/${path}`;
    if (answer.status === 401 || answer.status === 403) {
      const todo = 'Give the API client the role that may read Virtual Service Edges.';
      throw new VendorFailure(`The vendor does not allow reading (${answer.status}).`, where, todo, false);
    }
    if (answer.status !== 200) {
      const isPassing = answer.status === 429 || answer.status >= 500;
      const todo = isPassing ? 'Import again later; it goes on where it stopped.' : 'Check the cloud.';
      throw new VendorFailure(
        `The vendor answers with ${answer.status}.`,
        where,
        todo,
        isPassing,
        answer.retryAfterMs,
      );
    }
    const value = asJson(answer.text);
    if (value === undefined)
      throw this.#unexpected(path, 'answers with half a page, or with something else than JSON', true);
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    const issue = parsed.error.issues[0];
    throw this.#unexpected(
      path,
      `answers in an unknown form (${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''})`,
    );
  }

  #unexpected(path: string, what: string, isPassing = false): VendorFailure {
    const where = `${this.options.addresses.apiUrl}/${path}`;
    return new VendorFailure(
      `The vendor's API ${what}.`,
      where,
      'Check the cloud; nothing was changed.',
      isPassing,
    );
  }

  async #waitBefore(fault: VendorFailure, tries: number): Promise<void> {
    const backoffMs = firstBackoffMs * 2 ** (tries - 1) * (1 + this.options.random() / 2);
    const delayMs = fault.retryAfterMs ?? backoffMs;
    if (delayMs > maxWaitMs) throw fault;
    this.options.onWait?.(delayMs, fault.what);
    await wait(this.options.clock, delayMs, this.options.signal);
  }
}

function repeatedId(items: readonly { id: string }[]): string | null {
  const seen = new Set<string>();
  for (const { id } of items) {
    if (seen.has(id)) return id;
    seen.add(id);
  }
  return null;
}
