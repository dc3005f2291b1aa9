import { rmSync } from 'node:fs';
import type { VendorTrial } from '../../domain/contract/vendor';
import { RequestRefused } from '../../domain/contract/request-refused';
import { toInventoryFile, identifyInventory, type Inventory } from '../../domain/inventory/inventory';
import { addedUses, isHeronVariable, type SecretUse } from '../../domain/inventory/secret-uses';
import { problemInWords } from '../../domain/inventory/inventory-problem';
import { checkedImport } from '../../domain/vendor/checked-import';
import { managementOf, ruleFor, type ImportRule } from '../../domain/vendor/import-rules';
import { addressesOf, type VendorSettings } from '../../domain/vendor/vendor-settings';
import type { VendorEdge } from '../../domain/vendor/vendor-objects';
import { log } from '../log/log';
import { passwordParts } from '../secrets/password-places';
import type { SecretResolver } from '../secrets/secret-resolver';
import { progressFile } from '../vendor/import-progress';
import { readVendorSettings, writeVendorSettings } from '../vendor/settings-file';
import { sampleVendorInventory, type VendorSample } from '../vendor/read-vendor-inventory';
import type { CheckedArgs, RequestHandlers } from './answer-request';
import type { Passwords } from './inventory-service';
import { clientOf } from './vendor-import';
import { VendorRefresh, type VendorRefreshDependencies } from './vendor-refresh';

/** The name under which the client secret is stored. */
const clientSecretName = 'vendor/client secret';
const mostSamples = 6;

export interface VendorServiceDependencies extends Omit<
  VendorRefreshDependencies,
  'settings' | 'current' | 'apply' | 'onFault'
> {
  files: VendorRefreshDependencies['files'] & { settings: string };
  passwords: Passwords;
  /** Notes that the person saw these uses of stored passwords in a preview and confirmed them. */
  allowUses(uses: readonly SecretUse[]): void;
  forgetUses(secret: string): void;
  /** Whether an environment variable has a value. */
  isSet: (variable: string) => boolean;
  /** The user's own inventory as stored; null: there is none. */
  storedInventory(): Promise<Inventory | null>;
  /** Stores an inventory and monitors it. */
  startInventory(file: ReturnType<typeof toInventoryFile>, source: string): Promise<void>;
}

type Handled = Extract<keyof RequestHandlers, `vendor.${string}`>;

const noInventory: Inventory = { credentials: [], clusters: [], standaloneEdges: [] };

/** The app's inventory source at the vendor: settings, secrets, reading, preview, import and drift. */
export class VendorService {
  #settings: VendorSettings | null;
  readonly #unreadable: RequestRefused | null;
  readonly #refresh: VendorRefresh;

  constructor(private readonly dependencies: VendorServiceDependencies) {
    [this.#settings, this.#unreadable] = settingsOrFault(dependencies.files.settings);
    this.#refresh = new VendorRefresh({
      ...dependencies,
      settings: () => this.#settings,
      current: async () => toInventoryFile((await dependencies.storedInventory()) ?? noInventory),
      apply: (file) => dependencies.startInventory(file, 'the vendor'),
      onFault: (fault) => log.error('The import from the vendor failed:', fault),
    });
  }

  start(): Promise<void> {
    return this.#refresh.start();
  }

  stop(): Promise<void> {
    return this.#refresh.stop();
  }

  /** The own inventory has changed. */
  inventoryChanged(): void {
    void this.#refresh.inventoryChanged();
  }

  handlers(): Pick<RequestHandlers, Handled> {
    return {
      'vendor.status': () => {
        if (this.#unreadable) throw this.#unreadable;
        return {
          settings: this.#settings,
          secretPlace: this.#secretPlace(),
          keychain: this.dependencies.passwords.protects(),
          ...this.#refresh.status(),
        };
      },
      'vendor.preview': () => this.#refresh.preview(),
      'vendor.drift': () => this.#refresh.drift(),
      'vendor.try': (args) => this.#try(args),
      'vendor.save': (args) => this.#save(args),
      'vendor.remove': () => this.#remove(),
      'vendor.read': () => this.#refresh.read(),
      'vendor.cancel': () => this.#refresh.cancel(),
      'vendor.apply': (args) => this.#apply(args),
    };
  }

  async #save({ settings, secrets }: CheckedArgs<'vendor.save'>): Promise<void> {
    if (this.#unreadable) throw this.#unreadable;
    const typed = new Set(secrets.map(({ secret }) => secret));
    this.#refuseForeign(settings, typed);
    const named = new Set([clientSecretName, ...credentialSecrets(settings)]);
    const other = [...typed].find((secret) => !named.has(secret));
    if (other !== undefined)
      throw refused('The source does not use this secret.', other, 'Close the form and open it again.');
    const { passwords } = this.dependencies;
    for (const { secret, value, keep } of secrets) {
      this.dependencies.forgetUses(secret);
      if (keep === 'stored') passwords.put(secret, value, false);
      else passwords.holdUntilClosing(secret, value);
    }
    const isEnvironment = settings.source.clientSecretEnv !== undefined;
    if (isEnvironment) passwords.remove(clientSecretName);
    writeVendorSettings(this.dependencies.files.settings, settings);
    this.#settings = settings;
    await this.#refresh.sourceChanged();
  }

  async #remove(): Promise<void> {
    rmSync(this.dependencies.files.settings, { force: true });
    this.#settings = null;
    this.dependencies.passwords.remove(clientSecretName);
    await this.#refresh.sourceChanged();
  }

  /** The person saw in the preview which edges are polled with which credential. */
  async #apply({ id, allowsRemovals }: CheckedArgs<'vendor.apply'>): Promise<void> {
    const before = (await this.dependencies.storedInventory()) ?? noInventory;
    await this.#refresh.apply(id, allowsRemovals, (file) => {
      const uses = addedUses(before, identifyInventory(file, before));
      this.dependencies.allowUses(uses.filter(({ source }) => 'secret' in source));
    });
  }

  async #try({ settings, secret }: CheckedArgs<'vendor.try'>): Promise<VendorTrial> {
    this.#refuseForeign(settings, new Set(secret === null ? [] : [clientSecretName]));
    const typed: SecretResolver = {
      resolve: (source) =>
        secret !== null && 'secret' in source
          ? Promise.resolve({ found: true, value: secret })
          : this.dependencies.secrets.resolve(source),
    };
    const { clock, random, files, dispatcher } = this.dependencies;
    const sample = await sampleVendorInventory({
      ...{ addresses: addressesOf(settings), clock, random, progress: progressFile(files.progress) },
      ...(dispatcher ? { dispatcher } : {}),
      client: await clientOf({ source: settings.source, secrets: typed }),
    });
    const { rules } = settings.source;
    const problems = sample.isAll ? await this.#problemsOf(sample, settings) : [];
    return {
      clusters: sample.clusters.length,
      edges: sample.edges.length,
      isAll: sample.isAll,
      samples: samplesOf(sample.edges, rules),
      unmatched: sample.edges.filter((edge) => ruleFor(edge, rules) === null).length,
      problems: problems.slice(0, mostSamples),
      problemCount: problems.length,
    };
  }

  /** What an import of this would leave unresolved, a line each. */
  async #problemsOf(sample: VendorSample, { source }: VendorSettings): Promise<string[]> {
    const current = toInventoryFile((await this.dependencies.storedInventory()) ?? noInventory);
    const planned = checkedImport({ readAtMs: 0, ...sample }, current, source);
    if (!planned.ok) return planned.problems.map((problem) => problemInWords('the import', problem));
    return planned.import.notices.map(({ what, reason, todo }) => `${what}: ${reason} ${todo}`);
  }

  /** A stored secret goes only to the addresses that it was typed for, and of the environment only variables of Heron's are read. */
  #refuseForeign(settings: VendorSettings, typed: ReadonlySet<string>): void {
    const { clientSecretEnv, clientSecretSecret } = settings.source;
    if (clientSecretEnv !== undefined) {
      if (isHeronVariable(clientSecretEnv)) return;
      const what = `The environment variable ${clientSecretEnv} is not one of Heron's.`;
      throw refused(what, 'Client secret', 'Use a variable whose name begins with HERON_.');
    }
    if (clientSecretSecret !== clientSecretName)
      throw refused(
        'The client secret of the vendor is stored under a name of its own.',
        clientSecretSecret ?? '',
        'Close the form and open it again.',
      );
    if (typed.has(clientSecretName)) return;
    const before = this.#settings;
    const isSame = before !== null && isSameDestination(before, settings);
    if (isSame && this.dependencies.passwords.place(clientSecretName) !== 'none') return;
    throw before === null || isSame
      ? refused('There is no client secret.', 'Client secret', 'Type it.')
      : refused(
          'A stored client secret is not sent to an address that it was not typed for.',
          new URL(addressesOf(settings).tokenUrl).host,
          'Type the client secret again.',
        );
  }

  #secretPlace() {
    const source = this.#settings?.source;
    if (!source) return null;
    if (source.clientSecretEnv !== undefined)
      return this.dependencies.isSet(source.clientSecretEnv) ? 'environment' : 'environment-unset';
    const place = this.dependencies.passwords.place(clientSecretName);
    return place === 'none' ? 'missing' : place;
  }
}

function settingsOrFault(file: string): [VendorSettings | null, RequestRefused | null] {
  try {
    return [readVendorSettings(file), null];
  } catch (fault) {
    if (!(fault instanceof RequestRefused)) throw fault;
    log.warn(`The vendor's inventory is not read: ${fault.message}`);
    return [null, fault];
  }
}

function isSameDestination(one: VendorSettings, other: VendorSettings): boolean {
  const [before, after] = [addressesOf(one), addressesOf(other)];
  return (
    before.tokenUrl === after.tokenUrl &&
    before.apiUrl === after.apiUrl &&
    one.source.clientId === other.source.clientId
  );
}

function credentialSecrets({ source }: VendorSettings): string[] {
  return source.credentials.flatMap(passwordParts).flatMap(({ secret }) => secret ?? []);
}

function samplesOf(edges: readonly VendorEdge[], rules: readonly ImportRule[]): VendorTrial['samples'] {
  return edges.slice(0, mostSamples).map((edge) => ({
    name: edge.name ?? edge.id,
    proxyIp: edge.ipAddress,
    polled: polledBy(edge, ruleFor(edge, rules)),
  }));
}

function polledBy(edge: VendorEdge, rule: ImportRule | null): string | null {
  if (rule === null) return null;
  const management = managementOf(edge, rule);
  const host = management === null ? null : 'host' in management ? management.host : management.managementIp;
  const ways = [
    ...(host !== null && rule.credential !== undefined ? [`SNMP ${host} with ${rule.credential}`] : []),
    ...(rule.http === true ? ['HTTP'] : []),
  ];
  return ways.length === 0 ? 'not polled' : ways.join(' and ');
}

function refused(what: string, where: string, todo: string): RequestRefused {
  return new RequestRefused({ what, where, todo });
}
