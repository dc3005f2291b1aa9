import type { TryResult } from '../../domain/contract/inventory-contract';
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
import { passwordParts, passwordPlaces, type StoredPlace } from '../secrets/password-places';
import { tryEdge, withTyped } from './try-edge';

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

type Handled = 'inventory.get' | 'inventory.change' | 'inventory.undo' | 'inventory.try' | 'password.remove';

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
          passwords: this.#places(inventory),
          keychain: this.dependencies.passwords.protects(),
        };
      },
      'inventory.change': (args) => this.#inOrder(() => this.#change(args)),
      'inventory.undo': ({ change }) => this.#inOrder(() => this.#undo(change)),
      'inventory.try': (args) => this.#try(args),
      'password.remove': ({ secret }) => this.#inOrder(() => this.#removePassword(secret)),
    };
  }

  async #change({ which, edit, passwords }: CheckedArgs<'inventory.change'>): Promise<{ change: number }> {
    const before = await this.dependencies.inventories.get(which);
    refuseMissing(before, edit);
    const next = applyEdit(before, edit);
    refuseFaults(before, edit, next);
    for (const { secret, value, keep } of passwords) {
      if (keep === 'stored') this.dependencies.passwords.put(secret, value, false);
      else this.dependencies.passwords.holdUntilClosing(secret, value);
    }
    this.dependencies.allowUses(usesByPerson(before, next, new Set(passwords.map(({ secret }) => secret))));
    await this.dependencies.inventories.replace(which, next);
    await this.#passwordsChanged(next, new Set(passwords.map(({ secret }) => secret)));
    this.#changes += 1;
    this.#latest = { change: this.#changes, which, before };
    return { change: this.#changes };
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
    const { inventories } = this.dependencies;
    const known = await Promise.all([inventories.get('monitored'), inventories.get('stored')]);
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

  #places(inventory: Inventory): ReturnType<typeof passwordPlaces> {
    return passwordPlaces(
      inventory,
      (secret) => this.dependencies.passwords.place(secret),
      this.dependencies.isSet,
    );
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
function refuseMissing({ clusters, credentials }: Inventory, edit: InventoryEdit): void {
  const cluster = edit.kind === 'put-member' ? edit.clusterId : null;
  const credential = edit.kind === 'put-credential' ? edit.name : null;
  const isMissing =
    (cluster !== null && !clusters.some(({ id }) => id === cluster)) ||
    (credential !== null && !credentials.some(({ name }) => name === credential));
  if (!isMissing) return;
  throw new RequestRefused({
    what: `This ${cluster === null ? 'credential' : 'cluster'} is not in the inventory any more. Nothing was changed.`,
    where: cluster ?? credential ?? '',
    todo: 'Close the form and open it again.',
  });
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
