import type { Inventory } from '../../../../domain/inventory/inventory';
import type { InventoryFault } from '../../../../domain/inventory/inventory-problem';
import type { ImportRule } from '../../../../domain/vendor/import-rules';
import { vendorSettingsSchema, type VendorSettings } from '../../../../domain/vendor/vendor-settings';
import { credentialOfDraft, type CredentialDraft, type PasswordDraft } from './credential-draft';

/** The name under which the main process stores the client secret. */
export const clientSecretName = 'vendor/client secret';

/** Stands for "New credential" in the select of a rule; followed by its index among the new ones. */
const newPrefix = 'new ';

/** A rule as it is typed. */
export interface RuleOfImport {
  key: string;
  name: string;
  subnet: string;
  site: string;
  where: 'none' | 'proxy' | 'subnet' | 'host';
  whereValue: string;
  /** The name of a credential, `new 0` for a new one, or empty. */
  credential: string;
  http: boolean;
}

/** The source as it is typed. */
export interface VendorDraft {
  vanity: string;
  cloud: string;
  clientId: string;
  secret: PasswordDraft;
  tokenUrl: string;
  apiUrl: string;
  rules: RuleOfImport[];
  everyHours: string;
  appliesItself: boolean;
}

export function newRule(): RuleOfImport {
  const key = crypto.randomUUID();
  return { key, name: '', subnet: '', site: '', where: 'proxy', whereValue: '', credential: '', http: true };
}

/** The typed values of a source, or of a new one. */
export function draftOfSource(settings: VendorSettings | null, keychain: boolean): VendorDraft {
  const typed = keychain ? 'stored' : 'until-closing';
  const secret: PasswordDraft = { from: typed, value: '', variable: '', secret: clientSecretName };
  if (settings === null)
    return {
      ...{ vanity: '', cloud: '', clientId: '', secret, tokenUrl: '', apiUrl: '' },
      ...{ rules: [newRule()], everyHours: '', appliesItself: false },
    };
  const { source, addresses, schedule } = settings;
  return {
    ...{ vanity: source.vanity, cloud: source.cloud ?? '', clientId: source.clientId },
    secret:
      source.clientSecretEnv === undefined
        ? { ...secret, from: 'kept' }
        : { ...secret, from: 'environment', variable: source.clientSecretEnv },
    ...{ tokenUrl: addresses?.tokenUrl ?? '', apiUrl: addresses?.apiUrl ?? '' },
    rules: source.rules.map(draftOfRule),
    everyHours: schedule.everyHours === null ? '' : String(schedule.everyHours),
    appliesItself: schedule.appliesItself,
  };
}

function draftOfRule({ name, subnet, site, management, credential, http }: ImportRule): RuleOfImport {
  const where =
    management === undefined
      ? ({ where: 'none', whereValue: '' } as const)
      : management === 'proxy'
        ? ({ where: 'proxy', whereValue: '' } as const)
        : 'host' in management
          ? ({ where: 'host', whereValue: management.host } as const)
          : ({ where: 'subnet', whereValue: management.subnet } as const);
  const texts = { name: name ?? '', subnet: subnet ?? '', site: site ?? '', credential: credential ?? '' };
  return { ...newRule(), ...texts, ...where, http: http === true };
}

/** The credentials that a rule may name, for a select. */
export function credentialChoices(
  known: readonly string[],
  added: readonly CredentialDraft[],
): { id: string; words: string }[] {
  return [
    { id: '', words: 'None: no SNMP' },
    ...known.map((name) => ({ id: name, words: name })),
    ...added.map(({ name }, index) => ({ id: `${newPrefix}${index}`, words: `${name || 'New'} (new)` })),
    { id: `${newPrefix}${added.length}`, words: 'New credential…' },
  ];
}

/** The index of a new credential; null: a known one, or none. */
export function newIndex(choice: string): number | null {
  return choice.startsWith(newPrefix) ? Number(choice.slice(newPrefix.length)) : null;
}

export type SourceResult = { settings: VendorSettings | null; faults: InventoryFault[] };

/** The settings that a draft means, or what is wrong, by the path of the field. `kept`: credentials that the source has already. */
export function sourceOfDraft(
  draft: VendorDraft,
  added: readonly CredentialDraft[],
  kept: Inventory['credentials'],
): SourceResult {
  const used = new Set(draft.rules.map(({ credential }) => credential));
  const keptUsed = kept.filter(({ name }) => used.has(name));
  const faults = secretFaults(draft.secret);
  const parsed = vendorSettingsSchema.safeParse({
    source: {
      ...{ vanity: draft.vanity.trim(), clientId: draft.clientId.trim() },
      ...filled({ cloud: draft.cloud }),
      ...(draft.secret.from === 'environment'
        ? { clientSecretEnv: draft.secret.variable.trim() }
        : { clientSecretSecret: clientSecretName }),
      rules: draft.rules.map((rule) => rawRule(rule, added)),
      credentials: [...keptUsed, ...added.map(credentialOfDraft)],
    },
    addresses:
      draft.tokenUrl.trim() === '' && draft.apiUrl.trim() === ''
        ? null
        : { tokenUrl: draft.tokenUrl.trim(), apiUrl: draft.apiUrl.trim() },
    schedule: {
      everyHours: draft.everyHours.trim() === '' ? null : Number(draft.everyHours),
      appliesItself: draft.appliesItself,
    },
  });
  for (const issue of parsed.error?.issues ?? []) {
    const path = draftPath(issue.path, keptUsed.length);
    if (faults.some((known) => known.path.join('.') === path.join('.'))) continue;
    faults.push({ path, ...wordsOf(path, issue.message) });
  }
  return { settings: parsed.success && faults.length === 0 ? parsed.data : null, faults };
}

function rawRule(
  { name, subnet, site, where, whereValue, credential, http }: RuleOfImport,
  added: readonly CredentialDraft[],
): object {
  const index = newIndex(credential);
  const management =
    where === 'none' ? {} : { management: where === 'proxy' ? where : { [where]: whereValue.trim() } };
  const named = index === null ? credential : (added[index]?.name ?? '');
  return { ...filled({ name, subnet, site, credential: named }), ...management, http };
}

function filled(texts: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(texts).flatMap(([key, text]) => (text.trim() === '' ? [] : [[key, text.trim()]])),
  );
}

function secretFaults({ from, value, variable }: PasswordDraft): InventoryFault[] {
  if (from === 'kept') return [];
  if (from === 'environment')
    return variable.trim().startsWith('HERON_')
      ? []
      : [{ path: ['secret', 'variable'], reason: 'The name must begin with HERON_.', todo: '' }];
  return value === '' ? [{ path: ['secret', 'value'], reason: 'No client secret.', todo: '' }] : [];
}

/** The path of a field of the form by that of the settings. */
function draftPath(path: readonly PropertyKey[], keptCount: number): PropertyKey[] {
  const [part, key, index, ...rest] = path;
  if (part === 'addresses') return [key ?? 'tokenUrl'];
  if (part === 'schedule') return [key ?? 'everyHours'];
  if (key === 'clientSecretEnv') return ['secret', 'variable'];
  if (key === 'credentials') return ['newCredentials', Number(index) - keptCount, ...rest];
  if (key === 'rules')
    return ['rules', Number(index), rest[0] === 'management' ? 'whereValue' : (rest[0] ?? 'name')];
  return [key ?? 'vanity'];
}

const todos: Readonly<Record<string, string>> = {
  vanity: 'For example acme, of acme.zslogin.net.',
  clientId: 'For example 0oa1b2c3d4, as the vendor shows it.',
  tokenUrl: 'For example https://acme.zslogin.net/oauth2/v1/token.',
  apiUrl: 'For example https://api.zsapi.net/zia/api/v1.',
  everyHours: 'Enter 1 to 168 hours, or nothing.',
  whereValue: 'For example 10.200.0.0/24, or {name}.mgmt.example.net.',
  subnet: 'For example 10.20.0.0/16.',
};

function wordsOf(path: readonly PropertyKey[], message: string): { reason: string; todo: string } {
  const key = String(path.at(-1));
  const todo = todos[key] ?? 'Correct it.';
  const reason = /^(?:is|must|has) /.test(message) ? `${key} ${message}.` : 'Not valid.';
  return { reason, todo };
}
