import { computed, reactive, ref, type ComputedRef } from 'vue';
import type { RequestResult } from '../../../../domain/contract/contract';
import type { TypedPassword } from '../../../../domain/contract/inventory-contract';
import type { RequestFailure } from '../../../../domain/contract/request-failure';
import { configurationFindings } from '../../../../domain/inventory/configuration-findings';
import { draftFaults } from '../../../../domain/inventory/draft-faults';
import { fieldInWords } from '../../../../domain/inventory/field-names';
import { toInventoryFile } from '../../../../domain/inventory/inventory';
import { applyEdit, type InventoryEdit } from '../../../../domain/inventory/inventory-edit';
import type { InventoryFault } from '../../../../domain/inventory/inventory-problem';
import { useCommand } from '../../../bridge/use-command';
import {
  credentialOfDraft,
  newCredentialDraft,
  passwordFaults,
  typedPasswords,
  type CredentialDraft,
} from './credential-draft';
import { fieldFault, type FieldFault } from './fault-words';
import { freeAddresses } from './free-addresses';

export type LoadedInventory = RequestResult<'inventory.get'>;

/** The state of an inventory form, injected into its fields. */
export interface InventoryForm {
  readonly loaded: LoadedInventory;
  /** The inventory before the change, and the new credentials of the draft. */
  readonly newCredentials: CredentialDraft[];
  /** All errors, shown or not. */
  readonly faults: ComputedRef<InventoryFault[]>;
  /** Warnings. */
  readonly notes: ComputedRef<string[]>;
  readonly failure: { value: RequestFailure | null };
  readonly busy: { value: boolean };
  /** Whether an error may be shown: a field with one was left, or a save was attempted. */
  readonly showsFaults: ComputedRef<boolean>;
  /** The error of a field, once it was visited or a save was attempted. */
  faultAt(path: string, value: string, mask?: string): FieldFault | null;
  visited(path: string): void;
  showAll(): void;
  /** Adds a credential to the draft; returns its index among the new ones. */
  addCredential(): number;
  /** Applies the change; resolves to its number, or null if refused (see `failure`). */
  save(): Promise<number | null>;
}

/** The passwords of what is edited, besides those of new credentials. */
interface OwnPasswords {
  faults(): InventoryFault[];
  typed(): TypedPassword[];
}
const noPasswords: OwnPasswords = { faults: () => [], typed: () => [] };

/** Creates the form state; `edit` returns the change as typed so far. */
export function useInventoryForm(
  loaded: LoadedInventory,
  which: () => 'monitored' | 'stored',
  edit: (newCredentials: CredentialDraft[]) => InventoryEdit,
  own: OwnPasswords = noPasswords,
): InventoryForm {
  const { inventory } = loaded;
  const newCredentials = reactive<CredentialDraft[]>([]);
  const seen = reactive(new Set<string>());
  const allShown = ref(false);
  const { busy, failure, run } = useCommand('inventory.change');

  /** Reports a new credential without a name once, not at each edge that uses it. */
  const isOfNameless = (path: PropertyKey[]): boolean =>
    path.at(-1) === 'credential' && newCredentials.some(({ name }) => name === '');
  const withNew = (): typeof inventory => ({
    ...inventory,
    credentials: [...inventory.credentials, ...newCredentials.map(credentialOfDraft)],
  });
  const current = computed(() => edit(newCredentials));
  const faults = computed(() => [
    ...draftFaults(inventory, current.value).filter(({ path }) => !isOfNameless(path)),
    ...newCredentials.flatMap((draft, index) => passwordFaults(draft, ['newCredentials', index])),
    ...own.faults(),
  ]);
  const byPath = computed(() => firstByPath(faults.value));
  const notes = computed(() => (faults.value.length > 0 ? [] : newWarnings(inventory, current.value)));

  return {
    loaded,
    newCredentials,
    faults,
    notes,
    failure,
    busy,
    showsFaults: computed(
      () =>
        faults.value.length > 0 &&
        (allShown.value || [...byPath.value.keys()].some((path) => seen.has(path))),
    ),
    faultAt(path, value, mask) {
      const fault = byPath.value.get(path);
      if (!fault || !(allShown.value || seen.has(path))) return null;
      if (mask === undefined || fault.rule === undefined) return fieldFault(fault, value, null);
      const file = toInventoryFile(applyEdit(inventory, current.value));
      const free = freeAddresses(faults.value, entryOf(current.value), file, mask);
      return fieldFault(fault, value, free.get(path) ?? null);
    },
    visited: (path) => void seen.add(path),
    showAll: () => (allShown.value = true),
    addCredential() {
      return newCredentials.push(newCredentialDraft(withNew(), loaded.keychain)) - 1;
    },
    async save() {
      const passwords = [...typedPasswords(newCredentials), ...own.typed()];
      const done = await run({ which: which(), edit: current.value, passwords });
      return done?.change ?? null;
    },
  };
}

/** What an edit is about: a cluster, an edge or a credential. */
function entryOf(edit: InventoryEdit): unknown {
  if ('cluster' in edit) return edit.cluster;
  return 'edge' in edit ? edit.edge : null;
}

/** The first fault of each path, by the path joined with dots. A missing address for SNMP belongs to the management IP. */
export function firstByPath(faults: readonly InventoryFault[]): ReadonlyMap<string, InventoryFault> {
  const first = new Map<string, InventoryFault>();
  for (const fault of faults) {
    const path = fault.path
      .map(String)
      .join('.')
      .replace(/(^|\.)snmp$/, '$1managementIp');
    if (!first.has(path)) first.set(path, fault);
  }
  return first;
}

/** Findings about the configuration that the edit adds. */
function newWarnings(inventory: LoadedInventory['inventory'], edit: InventoryEdit): string[] {
  const before = new Set(configurationFindings(inventory).map(({ reason }) => reason.fact));
  return configurationFindings(applyEdit(inventory, edit))
    .filter(({ reason }) => !before.has(reason.fact))
    .map(({ reason }) => `${reason.fact} ${reason.detail}`);
}

/** The fields with errors, each once: "Name, Cluster IP address, mad-02-01: Proxy IP address". */
export function faultyFields(faults: readonly InventoryFault[], edgeNames: readonly string[]): string[] {
  return [...new Set(faults.map(({ path }) => fieldName(path, edgeNames)))];
}

function fieldName(path: readonly PropertyKey[], edgeNames: readonly string[]): string {
  const [first, index, ...rest] = path;
  if (path.length === 0) return 'the inventory';
  if (first === 'edges' && typeof index === 'number') {
    const name = edgeNames[index] ?? '';
    const edge = name === '' ? `edge ${index + 1}` : name;
    return rest.length === 0 ? edge : `${edge}: ${fieldInWords(rest)}`;
  }
  if (first === 'newCredentials') return `credential: ${credentialField(rest)}`;
  if (first === 'rules' && typeof index === 'number') return `rule ${index + 1}`;
  if (first === 'secret') return 'Client secret';
  if (first === 'clusters' || first === 'standaloneEdges') return 'what is read through it';
  return path.at(-1) === 'value'
    ? credentialField(path)
    : (sourceFields[String(first)] ?? fieldInWords(path));
}

const sourceFields: Readonly<Record<string, string>> = {
  vanity: 'Vanity name',
  cloud: 'Cloud',
  clientId: 'Client id',
  tokenUrl: 'Token address',
  apiUrl: 'API address',
  everyHours: 'Hours between readings',
  scrapeIntervalMs: 'Scrape interval',
};

function credentialField(path: readonly PropertyKey[]): string {
  const words: Record<string, string> = {
    auth: 'Authentication password',
    priv: 'Privacy password',
    community: 'Community',
    token: 'Token',
  };
  return path.at(-1) === 'value' ? (words[String(path[0])] ?? 'Password') : fieldInWords(path);
}
