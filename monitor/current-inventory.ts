import { witnessOf, type Cluster, type Credential, type Inventory } from '../domain/inventory/inventory';

/** The inventory that is monitored now, for those who look things up at every poll. */
export class CurrentInventory {
  #inventory: Inventory;
  #witness: ReturnType<typeof witnessOf>;

  constructor(inventory: Inventory) {
    this.#inventory = inventory;
    this.#witness = witnessOf(inventory);
  }

  get inventory(): Inventory {
    return this.#inventory;
  }

  replace(next: Inventory): void {
    this.#inventory = next;
    this.#witness = witnessOf(next);
  }

  credentialOf(name: string): Credential | undefined {
    return this.#inventory.credentials.find((credential) => credential.name === name);
  }

  /** The witness that the inventory names for a cluster, by its id. */
  witnessOf(clusterId: string): Cluster['witness'] {
    return this.#witness(clusterId);
  }
}
