import type { TryResult } from '../../domain/contract/inventory-contract';
import { draftFaults } from '../../domain/inventory/draft-faults';
import { allEdges, toInventoryFile, type Edge, type Inventory } from '../../domain/inventory/inventory';
import { applyEdit, type InventoryEdit } from '../../domain/inventory/inventory-edit';
import { inventoryFileSchema } from '../../domain/inventory/inventory-file';
import { placeInWords, type InventoryFault } from '../../domain/inventory/inventory-problem';
import { ruleFaults } from '../../domain/inventory/inventory-rules';
import { shapeFaults } from '../../domain/inventory/shape-faults';
import type { CheckedArgs, RequestHandlers } from './answer-request';
import { RequestRefused } from '../../domain/contract/request-refused';
import type { SecretResolver } from '../secrets/secret-resolver';
import { passwordParts, passwordPlaces, type KeptPlace } from '../secrets/password-places';
import { tryEdge, withTyped } from './try-edge';

export type WhichInventory = 'watched' | 'own';

/** Who holds the inventories and watches by them. */
export interface InventoryHolder {
  mode(): Promise<'demo' | 'inventory'>;
  /** The watched inventory, or the person's own (empty when there is none yet). */
  inventory(which: WhichInventory): Promise<Inventory>;
  /** Replaces an inventory and watches by it from now on. */
  replace(which: WhichInventory, inventory: Inventory): Promise<void>;
  /** These edges have another password from now on: their sessions begin anew. */
  passwordsChanged(edgeIds: string[]): Promise<void>;
}

/** Who keeps passwords. */
export interface PasswordKeeper {
  protects(): boolean;
  place(secret: string): KeptPlace;
  /** @throws RequestRefused */
  put(secret: string, value: string, withoutKeychain: boolean): void;
  keepUntilClosing(secret: string, value: string): void;
  remove(secret: string): void;
}

export interface InventoryDeskParts {
  holder: InventoryHolder;
  passwords: PasswordKeeper;
  secrets: SecretResolver;
  isSet: (variable: string) => boolean;
}

type Handled = 'inventory.get' | 'inventory.change' | 'inventory.undo' | 'inventory.try' | 'password.remove';

/** Changes of the inventory by hand: one after another, each checked whole, the latest can be taken back. */
export class InventoryDesk {
  #changes = 0;
  #latest: { change: number; which: WhichInventory; before: Inventory } | null = null;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly parts: InventoryDeskParts) {}

  handlers(): Pick<RequestHandlers, Handled> {
    return {
      'inventory.get': async ({ which }) => {
        const inventory = await this.parts.holder.inventory(which);
        return {
          mode: await this.parts.holder.mode(),
          inventory,
          passwords: this.#places(inventory),
          keychain: this.parts.passwords.protects(),
        };
      },
      'inventory.change': (args) => this.#inTurn(() => this.#change(args)),
      'inventory.undo': ({ change }) => this.#inTurn(() => this.#undo(change)),
      'inventory.try': (args) => this.#try(args),
      'password.remove': ({ secret }) => this.#inTurn(() => this.#removePassword(secret)),
    };
  }

  async #change({ which, edit, passwords }: CheckedArgs<'inventory.change'>): Promise<{ change: number }> {
    const before = await this.parts.holder.inventory(which);
    const next = applyEdit(before, edit);
    refuseFaults(before, edit, next);
    for (const { secret, value, keep } of passwords) {
      if (keep === 'stored') this.parts.passwords.put(secret, value, false);
      else this.parts.passwords.keepUntilClosing(secret, value);
    }
    await this.parts.holder.replace(which, next);
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
        todo: 'Change it by hand. Settings can import an inventory that was exported earlier.',
      });
    }
    await this.parts.holder.replace(latest.which, latest.before);
    this.#latest = null;
  }

  async #removePassword(secret: string): Promise<void> {
    this.parts.passwords.remove(secret);
    await this.#passwordsChanged(await this.parts.holder.inventory('watched'), new Set([secret]));
  }

  #try({ edge, credential, passwords }: CheckedArgs<'inventory.try'>): Promise<TryResult> {
    const alone: Edge = { ...edge, id: 'tried', clusterId: null };
    return tryEdge(alone, credential, withTyped(passwords, this.parts.secrets));
  }

  async #passwordsChanged(inventory: Inventory, secrets: ReadonlySet<string>): Promise<void> {
    const credentials = inventory.credentials.filter((credential) =>
      passwordParts(credential).some(({ secret }) => secret !== undefined && secrets.has(secret)),
    );
    const names = new Set(credentials.map(({ name }) => name));
    const edges = allEdges(inventory).filter(({ snmp }) => snmp && names.has(snmp.credential));
    if (edges.length > 0) await this.parts.holder.passwordsChanged(edges.map(({ id }) => id));
  }

  #places(inventory: Inventory): ReturnType<typeof passwordPlaces> {
    return passwordPlaces(inventory, (secret) => this.parts.passwords.place(secret), this.parts.isSet);
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work, work);
    this.#turn = result.catch(() => undefined);
    return result;
  }
}

/** The window checks while somebody types; what counts is checked here. @throws RequestRefused with the first faults. */
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
