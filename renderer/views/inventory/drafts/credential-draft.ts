import type { PasswordPlace, TypedPassword } from '../../../../domain/contract/inventory-contract';
import type { InventoryFault } from '../../../../domain/inventory/inventory-problem';
import type { Credential, Inventory } from '../../../../domain/inventory/inventory';

export type PasswordPart = PasswordPlace['part'];

/** The typed source of a password. `kept`: the existing one, which is never shown. */
export interface PasswordDraft {
  from: 'kept' | 'stored' | 'until-closing' | 'environment';
  value: string;
  variable: string;
  /** The name it is stored under. */
  secret: string;
}

/** The typed values of a credential. */
export interface CredentialDraft {
  /** Its name in the inventory; null: new. */
  before: string | null;
  name: string;
  version: '3' | '2c';
  user: string;
  authProtocol: '' | NonNullable<Extract<Credential, { version: '3' }>['auth']>['protocol'];
  privProtocol: '' | NonNullable<Extract<Credential, { version: '3' }>['priv']>['protocol'];
  auth: PasswordDraft;
  priv: PasswordDraft;
  community: PasswordDraft;
}

const nothingKept = (from: PasswordDraft['from'], secret: string): PasswordDraft => ({
  from,
  value: '',
  variable: '',
  secret,
});

/** Defaults to SNMPv3 with authentication and privacy, as the vendor's edges require. */
export function newCredentialDraft(inventory: Inventory, keychain: boolean): CredentialDraft {
  const from = keychain ? 'stored' : 'until-closing';
  const names = new Set(inventory.credentials.map(({ name }) => name));
  let name = 'noc';
  for (let n = 2; names.has(name); n += 1) name = `noc-${n}`;
  const secret = freeSecret(inventory, name);
  return {
    before: null,
    name,
    version: '3',
    user: '',
    authProtocol: 'sha1',
    privProtocol: 'aes128',
    auth: nothingKept(from, `${secret} auth`),
    priv: nothingKept(from, `${secret} priv`),
    community: nothingKept(from, `${secret} community`),
  };
}

export function draftOfCredential(
  credential: Credential,
  inventory: Inventory,
  keychain: boolean,
): CredentialDraft {
  const empty = newCredentialDraft(inventory, keychain);
  const of = (env: string | undefined, secret: string | undefined, other: PasswordDraft): PasswordDraft => {
    if (env !== undefined) return { ...other, from: 'environment', variable: env };
    return secret === undefined ? other : { ...other, from: 'kept', secret };
  };
  const base = { ...empty, before: credential.name, name: credential.name, version: credential.version };
  if (credential.version === '2c') {
    return {
      ...base,
      community: of(credential.communityEnv, credential.communitySecret, empty.community),
    };
  }
  const { user, auth, priv } = credential;
  return {
    ...base,
    user,
    authProtocol: auth?.protocol ?? '',
    privProtocol: priv?.protocol ?? '',
    auth: of(auth?.passwordEnv, auth?.passwordSecret, empty.auth),
    priv: of(priv?.passwordEnv, priv?.passwordSecret, empty.priv),
  };
}

/** Converts a draft to an inventory entry, which names the sources of passwords and never contains one. */
export function credentialOfDraft(draft: CredentialDraft): Credential {
  const source = ({ from, variable, secret }: PasswordDraft) =>
    from === 'environment' ? { passwordEnv: variable.trim() } : { passwordSecret: secret };
  if (draft.version === '2c') {
    const { from, variable, secret } = draft.community;
    return {
      name: draft.name,
      version: '2c',
      ...(from === 'environment' ? { communityEnv: variable.trim() } : { communitySecret: secret }),
    };
  }
  return {
    name: draft.name,
    version: '3',
    user: draft.user.trim(),
    ...(draft.authProtocol === '' ? {} : { auth: { protocol: draft.authProtocol, ...source(draft.auth) } }),
    ...(draft.privProtocol === '' ? {} : { priv: { protocol: draft.privProtocol, ...source(draft.priv) } }),
  };
}

/** The parts of a credential that need a password. */
export function passwordPartsOf(draft: CredentialDraft): PasswordPart[] {
  if (draft.version === '2c') return ['community'];
  return [
    ...(draft.authProtocol === '' ? [] : (['auth'] as const)),
    ...(draft.privProtocol === '' ? [] : (['priv'] as const)),
  ];
}

/** The typed passwords, to be sent to the store. */
export function typedPasswords(drafts: readonly CredentialDraft[]): TypedPassword[] {
  return drafts.flatMap((draft) => passwordPartsOf(draft).flatMap((part) => typedSecret(draft[part])));
}

export function typedSecret({ from, value, secret }: PasswordDraft): TypedPassword[] {
  return (from === 'stored' || from === 'until-closing') && value !== ''
    ? [{ secret, value, keep: from }]
    : [];
}

/** Missing passwords, and those shorter than 8 characters, the minimum of SNMPv3 (RFC 3414 section 11.2). */
export function passwordFaults(draft: CredentialDraft, path: PropertyKey[]): InventoryFault[] {
  return passwordPartsOf(draft).flatMap((part) => {
    const { from, value } = draft[part];
    if (from !== 'stored' && from !== 'until-closing') return [];
    const place = [...path, part, 'value'];
    if (value === '') return [{ path: place, reason: 'No password.', todo: '' }];
    if (part === 'community' || value.length >= 8) return [];
    return [{ path: place, reason: 'SNMPv3 passwords have at least 8 characters.', todo: 'Correct it.' }];
  });
}

function freeSecret(inventory: Inventory, name: string): string {
  const named = JSON.stringify(inventory.credentials);
  const base = name.replace(/[^A-Za-z0-9._-]/g, '').slice(0, 40) || 'snmp';
  let secret = base;
  for (let n = 2; named.includes(`"${secret} `); n += 1) secret = `${base}-${n}`;
  return secret;
}
