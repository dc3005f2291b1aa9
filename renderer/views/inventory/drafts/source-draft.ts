import type { TypedPassword } from '../../../../domain/contract/inventory-contract';
import type { Inventory } from '../../../../domain/inventory/inventory';
import type { InventoryEdit } from '../../../../domain/inventory/inventory-edit';
import type { InventoryFault } from '../../../../domain/inventory/inventory-problem';
import {
  defaultScrapeIntervalMs,
  defaultScrapeJob,
  placeOf,
  secretOf,
  sourceOf,
  type MetricsSource,
} from '../../../../domain/inventory/metrics-source';
import { typedSecret, type PasswordDraft } from './credential-draft';

/** The typed values of a metrics source, and what is to be read through it. */
export interface SourceDraft {
  name: string;
  url: string;
  auth: 'none' | 'bearer' | 'basic';
  user: string;
  secret: PasswordDraft;
  tenant: string;
  caFile: string;
  /** Seconds. */
  scrapeInterval: string;
  job: string;
  isDefault: boolean;
  clusterIds: string[];
  edgeIds: string[];
  dropsOwnPolls: boolean;
}

export function newSourceDraft(inventory: Inventory, keychain: boolean): SourceDraft {
  const names = new Set((inventory.sources ?? []).map(({ name }) => name));
  let name = 'prometheus';
  for (let n = 2; names.has(name); n += 1) name = `prometheus-${n}`;
  return {
    ...{ name, url: '', auth: 'none', user: '', tenant: '', caFile: '', isDefault: false },
    scrapeInterval: String(defaultScrapeIntervalMs / 1000),
    job: defaultScrapeJob,
    secret: {
      from: keychain ? 'stored' : 'until-closing',
      value: '',
      variable: '',
      secret: freeSecret(inventory, name),
    },
    ...{ clusterIds: [], edgeIds: [], dropsOwnPolls: false },
  };
}

export function draftOfSource(source: MetricsSource, inventory: Inventory, keychain: boolean): SourceDraft {
  const empty = newSourceDraft(inventory, keychain);
  const place = secretOf(source);
  const isRead = (row: { source?: string | undefined }): boolean =>
    sourceOf(row, inventory.sources)?.name === source.name;
  return {
    ...{ name: source.name, url: source.url, user: source.user ?? '', tenant: source.tenant ?? '' },
    ...{ caFile: source.caFile ?? '', job: source.job, isDefault: source.isDefault ?? false },
    auth: place === null ? 'none' : source.user === undefined ? 'bearer' : 'basic',
    scrapeInterval: String(source.scrapeIntervalMs / 1000),
    secret:
      place === null
        ? empty.secret
        : 'env' in place
          ? { ...empty.secret, from: 'environment', variable: place.env }
          : { ...empty.secret, from: 'kept', secret: place.secret },
    clusterIds: inventory.clusters.filter(isRead).map(({ id }) => id),
    edgeIds: inventory.standaloneEdges.filter(isRead).map(({ id }) => id),
    dropsOwnPolls: false,
  };
}

/** Converts a draft to an inventory entry, which names where its token is and never contains one. */
export function sourceOfDraft(draft: SourceDraft): MetricsSource {
  const { from, variable, secret } = draft.secret;
  const isEnvironment = from === 'environment';
  const auth = {
    none: {},
    bearer: isEnvironment ? { bearerEnv: variable.trim() } : { bearerSecret: secret },
    basic: {
      user: draft.user.trim(),
      ...(isEnvironment ? { passwordEnv: variable.trim() } : { passwordSecret: secret }),
    },
  }[draft.auth];
  return {
    kind: 'prometheus',
    name: draft.name,
    url: draft.url.trim(),
    ...(draft.isDefault ? { isDefault: true } : {}),
    scrapeIntervalMs: Math.round(Number(draft.scrapeInterval.trim().replace(',', '.')) * 1000),
    job: draft.job.trim(),
    ...filled('tenant', draft.tenant),
    ...filled('caFile', draft.caFile),
    ...auth,
  };
}

export function editOfDraft(
  draft: SourceDraft,
  before: string | null,
): Extract<InventoryEdit, { kind: 'put-source' }> {
  return {
    kind: 'put-source',
    name: before,
    source: sourceOfDraft(draft),
    // Reactive lists do not cross to the main process.
    clusterIds: [...draft.clusterIds],
    edgeIds: [...draft.edgeIds],
    dropsOwnPolls: draft.dropsOwnPolls,
  };
}

/** The typed token or password, to be stored. */
export function typedSourceSecret({ auth, secret }: SourceDraft): TypedPassword[] {
  return auth === 'none' ? [] : typedSecret(secret);
}

export function sourceSecretFaults({ auth, secret }: SourceDraft): InventoryFault[] {
  const isTyped = secret.from === 'stored' || secret.from === 'until-closing';
  if (auth === 'none' || !isTyped || secret.value !== '') return [];
  const [key, reason] = auth === 'bearer' ? ['token', 'No token.'] : ['password', 'No password.'];
  return [{ path: [key, 'value'], reason, todo: '' }];
}

/** Whether a stored secret would go to another address than it was typed for. */
export function isOtherPlace(draft: SourceDraft, before: MetricsSource): boolean {
  const [was, is] = [placeOf(before), placeOf({ url: draft.url.trim() })];
  return was.host !== is.host || was.isEncrypted !== is.isEncrypted;
}

function filled<K extends string>(key: K, text: string): Partial<Record<K, string>> {
  const trimmed = text.trim();
  return trimmed === '' ? {} : ({ [key]: trimmed } as Record<K, string>);
}

function freeSecret(inventory: Inventory, name: string): string {
  const named = new Set((inventory.sources ?? []).flatMap((one) => Object.values(one)));
  let secret = `source/${name}`;
  for (let n = 2; named.has(secret); n += 1) secret = `source/${name}-${n}`;
  return secret;
}
