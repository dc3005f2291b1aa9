import type { SourceTrial, TryResult } from '../../domain/contract/inventory-contract';
import { draftFaults } from '../../domain/inventory/draft-faults';
import {
  allEdges,
  toInventoryFile,
  type Credential,
  type Edge,
  type Inventory,
} from '../../domain/inventory/inventory';
import { applyEdit, type InventoryEdit } from '../../domain/inventory/inventory-edit';
import { inventoryFileSchema } from '../../domain/inventory/inventory-file';
import { placeInWords, type InventoryFault } from '../../domain/inventory/inventory-problem';
import { ruleFaults } from '../../domain/inventory/inventory-rules';
import { addedUses, secretUses, type SecretUse } from '../../domain/inventory/secret-uses';
import { shapeFaults } from '../../domain/inventory/shape-faults';
import type { CheckedArgs, RequestHandlers } from './answer-request';
import { RequestRefused } from '../../domain/contract/request-refused';
import type { SecretResolver } from '../secrets/secret-resolver';
import {
  passwordParts,
  passwordPlaces,
  sourceSecretPlaces,
  type StoredPlace,
} from '../secrets/password-places';
import { refuseForeignPlace, refuseForeignVariable, storedSecretOf, unusedSecrets } from './source-secrets';
import { tryEdge, withTyped } from './try-edge';
import { tryMetricsSource } from './try-metrics-source';

export type WhichInventory = 'monitored' | 'stored';

/** The inventories, and the monitor that uses them. */
export interface Inventories {
  mode(): Promise<'demo' | 'inventory'>;
  /** The monitored inventory, or the user's own (empty when none is stored). */
  get(which: WhichInventory): Promise<Inventory>;
  /** Replaces an inventory, and monitors it. */
  replace(which: WhichInventory, inventory: Inventory): Promise<void>;
  /** The passwords of these edges changed, so their SNMP sessions must start again. */
  passwordsChanged(edgeIds: string[]): Promise<void>;
}

/** Where passwords are stored. */
export interface Passwords {
  protects(): boolean;
  place(secret: string): StoredPlace;
  /** @throws RequestRefused */
  put(secret: string, value: string, withoutKeychain: boolean): void;
  holdUntilClosing(secret: string, value: string): void;
  remove(secret: string): void;
}

export interface InventoryServiceDependencies {
  inventories: Inventories;
  passwords: Passwords;
  secrets: SecretResolver;
  /** Notes that the person typed these uses of stored passwords into a form. */
  allowUses(uses: readonly SecretUse[]): void;
  /** Forgets for whom and where a stored password was used. */
  forgetUses(secret: string): void;
  /** Whether an environment variable has a value. */
  isSet: (variable: string) => boolean;
}

type Handled =
  | 'inventory.get'
  | 'inventory.change'
  | 'inventory.undo'
  | 'inventory.try'
  | 'inventory.trySource'
  | 'password.remove';

/** Changes the inventory by forms: one change after another, each checked as a whole. The latest can be undone. */
export class InventoryService {
  #changes = 0;
  #latest: { change: number; which: WhichInventory; before: Inventory } | null = null;
  #lastChange: Promise<unknown> = Promise.resolve();

  constructor(private readonly dependencies: InventoryServiceDependencies) {}

  handlers(): Pick<RequestHandlers, Handled> {
    return {
      'inventory.get': async ({ which }) => {
        const inventory = await this.dependencies.inventories.get(which);
        return {
          mode: await this.dependencies.inventories.mode(),
          inventory,
          ...this.#places(inventory),
          keychain: this.dependencies.passwords.protects(),
        };
      },
      'inventory.change': (args) => this.#inOrder(() => this.#change(args)),
      'inventory.undo': ({ change }) => this.#inOrder(() => this.#undo(change)),
      'inventory.try': (args) => this.#try(args),
      'inventory.trySource': (args) => this.#trySource(args),
      'password.remove': ({ secret }) => this.#inOrder(() => this.#removePassword(secret)),
    };
  }

  async #change({ which, edit, passwords }: CheckedArgs<'inventory.change'>): Promise<{ change: number }> {
    const before = await this.dependencies.inventories.get(which);
    refuseMissing(before, edit);
    const typed = new Set(passwords.map(({ secret }) => secret));
    if (edit.kind === 'put-source')
      refuseForeignPlace(edit.source, typed.has(storedSecretOf(edit.source) ?? ''), [before]);
    const next = applyEdit(before, edit);
    refuseFaults(before, edit, next);
    for (const { secret, value, keep } of passwords) {
      if (keep === 'stored') this.dependencies.passwords.put(secret, value, false);
      else this.dependencies.passwords.holdUntilClosing(secret, value);
    }
    this.dependencies.allowUses(usesByPerson(before, next, typed));
    await this.dependencies.inventories.replace(which, next);
    await this.#passwordsChanged(next, typed);
    await this.#removeUnused(before);
    this.#changes += 1;
    this.#latest = { change: this.#changes, which, before };
    return { change: this.#changes };
  }

  /** A token is not kept for a source that is gone or has another one. */
  async #removeUnused(before: Inventory): Promise<void> {
    for (const secret of unusedSecrets(before, await this.#inventories())) {
      this.dependencies.passwords.remove(secret);
      this.dependencies.forgetUses(secret);
    }
  }

  #inventories(): Promise<Inventory[]> {
    const { inventories } = this.dependencies;
    return Promise.all([inventories.get('monitored'), inventories.get('stored')]);
  }

  async #undo(change: number): Promise<void> {
    const latest = this.#latest;
    if (latest?.change !== change) {
      throw new RequestRefused({
        what: 'This cannot be undone any more.',
        where: 'The inventory was changed again since.',
        todo: 'Edit the inventory, or import one that was exported earlier in Settings.',
      });
    }
    await this.dependencies.inventories.replace(latest.which, latest.before);
    this.#latest = null;
  }

  async #removePassword(secret: string): Promise<void> {
    this.dependencies.passwords.remove(secret);
    this.dependencies.forgetUses(secret);
    await this.#passwordsChanged(await this.dependencies.inventories.get('monitored'), new Set([secret]));
  }

  /** A password that was not typed just now is sent only to hosts that the inventory polls with it. */
  async #try({ edge, credential, passwords }: CheckedArgs<'inventory.try'>): Promise<TryResult> {
    if (credential !== null && edge.snmp !== undefined)
      await this.#refuseOtherHosts(edge, credential, new Set(passwords.map(({ secret }) => secret)));
    const alone: Edge = { ...edge, id: 'tried', clusterId: null };
    return tryEdge(alone, credential, withTyped(passwords, this.dependencies.secrets));
  }

  async #trySource({ source, secret, edges }: CheckedArgs<'inventory.trySource'>): Promise<SourceTrial> {
    const inventories = await this.#inventories();
    refuseForeignPlace(source, secret !== null, inventories);
    refuseForeignVariable(source, inventories);
    const name = storedSecretOf(source);
    const typed = secret === null || name === null ? [] : [{ secret: name, value: secret }];
    return tryMetricsSource(source, edges, withTyped(typed, this.dependencies.secrets));
  }

  async #refuseOtherHosts(
    edge: CheckedArgs<'inventory.try'>['edge'],
    credential: Credential,
    typed: ReadonlySet<string>,
  ): Promise<void> {
    const stored = passwordParts(credential).filter(
      ({ secret }) => secret === undefined || !typed.has(secret),
    );
    if (stored.length === 0) return;
    const host = edge.snmp?.host ?? edge.managementIp;
    const known = await this.#inventories();
    const polled = known.some((inventory) =>
      allEdges(inventory).some(({ snmp, managementIp }) => (snmp?.host ?? managementIp) === host),
    );
    if (polled) return;
    throw new RequestRefused({
      what: 'A stored password is not sent to a host that is not in the inventory yet.',
      where: host ?? 'The edge has no address for SNMP.',
      todo: 'Save the edge first and try it then, or type the password of the credential.',
    });
  }

  async #passwordsChanged(inventory: Inventory, secrets: ReadonlySet<string>): Promise<void> {
    const credentials = inventory.credentials.filter((credential) =>
      passwordParts(credential).some(({ secret }) => secret !== undefined && secrets.has(secret)),
    );
    const names = new Set(credentials.map(({ name }) => name));
    const edges = allEdges(inventory).filter(({ snmp }) => snmp && names.has(snmp.credential));
    if (edges.length > 0) await this.dependencies.inventories.passwordsChanged(edges.map(({ id }) => id));
  }

  #places(inventory: Inventory) {
    const { passwords, isSet } = this.dependencies;
    const placeOf = (secret: string): StoredPlace => passwords.place(secret);
    return {
      passwords: passwordPlaces(inventory, placeOf, isSet),
      sourceSecrets: sourceSecretPlaces(inventory, placeOf, isSet),
    };
  }

  #inOrder<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#lastChange.then(work, work);
    this.#lastChange = result.catch(() => undefined);
    return result;
  }
}

/** The uses of stored passwords that a form added, and all of those whose password was typed: not what an imported file brought. */
function usesByPerson(before: Inventory, next: Inventory, typed: ReadonlySet<string>): SecretUse[] {
  const ofTyped = secretUses(next).filter(({ source }) => 'secret' in source && typed.has(source.secret));
  const added = addedUses(before, next).filter(
    ({ source }) => 'secret' in source && !typed.has(source.secret),
  );
  return [...ofTyped, ...added];
}

/** A form may be of an inventory that was changed since: an edge must not vanish into a cluster that is gone. */
function refuseMissing({ clusters, credentials, sources = [] }: Inventory, edit: InventoryEdit): void {
  const has = (entries: readonly { name: string }[], name: string): boolean =>
    entries.some((entry) => entry.name === name);
  const missing = (what: string, name: string): never => {
    throw new RequestRefused({
      what: `This ${what} is not in the inventory any more. Nothing was changed.`,
      where: name,
      todo: 'Close the form and open it again.',
    });
  };
  if (edit.kind === 'put-member' && !clusters.some(({ id }) => id === edit.clusterId))
    missing('cluster', edit.clusterId);
  if (edit.kind === 'put-credential' && edit.name !== null && !has(credentials, edit.name))
    missing('credential', edit.name);
  const source = edit.kind === 'put-source' || edit.kind === 'remove-source' ? edit.name : null;
  if (source !== null && !has(sources, source)) missing('source', source);
}

/** The window checks while the person types; this check decides. @throws RequestRefused with the first fault. */
function refuseFaults(before: Inventory, edit: InventoryEdit, next: Inventory): void {
  const file = toInventoryFile(next);
  const parsed = inventoryFileSchema.safeParse(file);
  const whole = parsed.success ? ruleFaults(parsed.data) : shapeFaults(file, parsed.error.issues);
  const faults: InventoryFault[] = [...whole, ...draftFaults(before, edit)];
  const [first] = faults;
  if (!first) return;
  const where = whole[0] ? placeInWords(file, whole[0].path) : first.path.map(String).join('.');
  throw new RequestRefused({
    what: `Nothing was changed. ${first.reason}`,
    where,
    todo: first.todo,
  });
}
