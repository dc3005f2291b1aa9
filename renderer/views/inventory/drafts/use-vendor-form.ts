import { computed, reactive, ref } from 'vue';
import type { TypedPassword } from '../../../../domain/contract/inventory-contract';
import type { InventoryFault } from '../../../../domain/inventory/inventory-problem';
import type { VendorSettings } from '../../../../domain/vendor/vendor-settings';
import { useCommand } from '../../../bridge/use-command';
import {
  newCredentialDraft,
  passwordFaults,
  typedPasswords,
  type CredentialDraft,
  type PasswordDraft,
} from './credential-draft';
import { fieldFault } from './fault-words';
import { firstByPath, type InventoryForm, type LoadedInventory } from './inventory-form';
import { draftOfSource, sourceOfDraft, type VendorDraft } from './vendor-draft';

/** The state of the form of the vendor's source, for the same fields as the forms of the inventory. */
export function useVendorForm(loaded: LoadedInventory, settings: VendorSettings | null) {
  const draft = reactive(draftOfSource(settings, loaded.keychain));
  const newCredentials = reactive<CredentialDraft[]>([]);
  const seen = reactive(new Set<string>());
  const allShown = ref(false);
  const { busy, failure, run } = useCommand('vendor.save');
  const kept = settings?.source.credentials ?? [];
  /** The names of credentials that a rule may use without adding one. */
  const known = [...new Set([...loaded.inventory.credentials, ...kept].map(({ name }) => name))];

  const result = computed(() => sourceOfDraft(draft, newCredentials, kept));
  const faults = computed(() => [...result.value.faults, ...credentialFaults(newCredentials, known)]);
  const byPath = computed(() => firstByPath(faults.value));

  const form: InventoryForm = {
    loaded,
    newCredentials,
    faults,
    notes: computed(() => []),
    failure,
    busy,
    showsFaults: computed(
      () =>
        faults.value.length > 0 &&
        (allShown.value || [...byPath.value.keys()].some((path) => seen.has(path))),
    ),
    faultAt(path, value) {
      const fault = byPath.value.get(path);
      return fault && (allShown.value || seen.has(path)) ? fieldFault(fault, value, null) : null;
    },
    visited: (path) => void seen.add(path),
    showAll: () => (allShown.value = true),
    addCredential() {
      const { inventory, keychain } = loaded;
      const credentials = [...inventory.credentials, ...kept];
      return newCredentials.push(newCredentialDraft({ ...inventory, credentials }, keychain)) - 1;
    },
    async save() {
      const { settings: valid } = result.value;
      if (valid === null) return null;
      return (await run({ settings: valid, secrets: typedSecrets(draft, newCredentials) })) === null
        ? null
        : 0;
    },
  };
  /** What a trial needs; null: the form has errors. */
  const trial = () => {
    const { settings: valid } = result.value;
    return valid && { settings: valid, secret: isTyped(draft.secret) ? draft.secret.value : null };
  };
  return { draft, form, known, trial };
}

function credentialFaults(added: readonly CredentialDraft[], known: readonly string[]): InventoryFault[] {
  return added.flatMap((draft, index) => {
    const path = ['newCredentials', index];
    const faults = passwordFaults(draft, path);
    if (!known.includes(draft.name)) return faults;
    return [...faults, { path: [...path, 'name'], reason: 'This name is taken.', todo: 'Use another one.' }];
  });
}

function typedSecrets({ secret }: VendorDraft, added: readonly CredentialDraft[]): TypedPassword[] {
  const own = isTyped(secret) ? [{ secret: secret.secret, value: secret.value, keep: secret.from }] : [];
  return [...own, ...typedPasswords(added)];
}

function isTyped(secret: PasswordDraft): secret is PasswordDraft & { from: TypedPassword['keep'] } {
  return secret.from === 'stored' || secret.from === 'until-closing';
}
