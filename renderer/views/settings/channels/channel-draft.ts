import {
  channelSecretPrefix,
  type ChannelSecretPart,
} from '../../../../domain/alerts/delivery/channel-secrets';
import {
  channelSchema,
  type Channel,
  type ChannelSecret,
} from '../../../../domain/alerts/delivery/channel-settings';
import type { RequestArgs } from '../../../../domain/contract/contract';
import type { AlertMatcher, AlertSeverity } from '../../../../domain/model/alert-rule';

/** What a person chooses first: what receives the alerts. */
export const channelTypes = [
  { id: 'slack', words: 'Slack and compatible' },
  { id: 'alertmanager-api', words: 'Alertmanager' },
  { id: 'alertmanager-webhook', words: 'Webhook' },
  { id: 'mail', words: 'E-mail' },
  { id: 'dead-man', words: 'Dead man’s switch' },
] as const;
export type ChannelType = (typeof channelTypes)[number]['id'];

/** Where a secret comes from; `kept`: from where it came before. */
export interface SecretDraft {
  from: 'none' | 'kept' | 'typed' | 'env';
  value: string;
  variable: string;
  kept: ChannelSecret | null;
}

/** A channel as text, as it is being typed. */
export interface ChannelDraft {
  type: ChannelType;
  name: string;
  isUrlSecret: boolean;
  sharesSilences: boolean;
  url: string;
  auth: 'none' | 'bearer' | 'basic';
  user: string;
  host: string;
  port: string;
  security: 'starttls' | 'tls' | 'none';
  from: string;
  to: string;
  caFile: string;
  intervalSeconds: string;
  minSeverity: AlertSeverity;
  onlyEscalated: boolean;
  only: Record<keyof AlertMatcher, string>[];
  isQuiet: boolean;
  quietFrom: string;
  quietTo: string;
  quietZone: string;
  secrets: Record<ChannelSecretPart, SecretDraft>;
}

const noSecret = (): SecretDraft => ({ from: 'none', value: '', variable: '', kept: null });

/** `zone`: of this computer, in which quiet hours are proposed. */
export function newChannelDraft(zone: string): ChannelDraft {
  return {
    ...{ type: 'slack', name: '', sharesSilences: false, isUrlSecret: true, url: '', auth: 'none', user: '' },
    ...{ host: '', port: '', security: 'starttls', from: '', to: '', caFile: '', intervalSeconds: '60' },
    ...{ minSeverity: 'warning', onlyEscalated: false, only: [] },
    ...{ isQuiet: false, quietFrom: '22:00', quietTo: '06:00', quietZone: zone },
    secrets: {
      url: { ...noSecret(), from: 'typed' },
      token: { ...noSecret(), from: 'typed' },
      password: { ...noSecret(), from: 'typed' },
      signature: noSecret(),
    },
  };
}

export function draftOfChannel(channel: Channel, zone: string): ChannelDraft {
  const draft = newChannelDraft(zone);
  const common = { name: channel.name, caFile: channel.caFile ?? '' };
  if (channel.kind === 'dead-man')
    return {
      ...{ ...draft, ...common, type: 'dead-man' },
      ...{ url: channel.url ?? '', isUrlSecret: channel.urlFrom !== undefined },
      intervalSeconds: String(channel.intervalMs / 1000),
      secrets: { ...draft.secrets, url: keptOf(channel.urlFrom) },
    };
  const { minSeverity, onlyEscalated, quietHours } = channel;
  const filters = {
    ...{ minSeverity, onlyEscalated, isQuiet: quietHours !== undefined },
    ...(quietHours ? { quietFrom: quietHours.from, quietTo: quietHours.to, quietZone: quietHours.zone } : {}),
    only: (channel.only ?? []).map(({ cluster = '', site = '', edge = '', rule = '' }) => ({
      ...{ cluster, site, edge, rule },
    })),
  };
  if (channel.kind === 'mail')
    return {
      ...{ ...draft, ...common, ...filters, type: 'mail' },
      ...{ host: channel.host, port: channel.port === undefined ? '' : String(channel.port) },
      ...{ security: channel.security, from: channel.from, to: channel.to.join(', ') },
      ...{ auth: channel.user === undefined ? 'none' : 'basic', user: channel.user ?? '' },
      secrets: { ...draft.secrets, password: keptOf(channel.password) },
    };
  const { auth } = channel;
  return {
    ...{ ...draft, ...common, ...filters, type: channel.format },
    ...{ url: channel.url ?? '', isUrlSecret: channel.urlFrom !== undefined },
    sharesSilences: channel.sharesSilences,
    ...{ auth: auth?.kind ?? 'none', user: auth?.kind === 'basic' ? auth.user : '' },
    secrets: {
      url: keptOf(channel.urlFrom),
      token: keptOf(auth?.kind === 'bearer' ? auth.token : undefined),
      password: keptOf(auth?.kind === 'basic' ? auth.password : undefined),
      signature: channel.signature ? keptOf(channel.signature) : noSecret(),
    },
  };
}

function keptOf(source: ChannelSecret | undefined): SecretDraft {
  return source === undefined
    ? { ...noSecret(), from: 'typed' }
    : { ...noSecret(), from: 'kept', kept: source };
}

/** A channel to save, with the secrets that were typed; or what is wrong, by the name of the field. */
export type DraftResult =
  | { ok: true; channel: Channel; secrets: RequestArgs<'channels.save'>['secrets'] }
  | { ok: false; faults: ReadonlyMap<string, string> };

/** `unique`: makes the names of stored secrets different from those of other channels. */
export function channelOfDraft(
  draft: ChannelDraft,
  keep: 'stored' | 'until-closing',
  unique: string,
  takenNames: readonly string[],
): DraftResult {
  const faults = new Map<string, string>();
  const secrets: RequestArgs<'channels.save'>['secrets'] = [];
  const secretOf = (part: ChannelSecretPart): ChannelSecret | undefined => {
    const { from, value, variable, kept } = draft.secrets[part];
    if (from === 'none') return undefined;
    if (from === 'kept' && kept) return kept;
    if (from === 'env') return { env: variable.trim() };
    const secret = `${channelSecretPrefix}${part} ${unique}`;
    if (value === '') faults.set(part, 'Enter it.');
    secrets.push({ secret, value, keep });
    return { secret };
  };
  const read = channelSchema.safeParse(rawChannel(draft, secretOf));
  for (const issue of read.error?.issues ?? []) {
    const field = fieldOf(issue.path.map(String));
    if (!faults.has(field)) faults.set(field, faultWords(field, issue.message));
  }
  if (takenNames.includes(draft.name.trim())) faults.set('name', 'Another channel has this name.');
  return read.success && faults.size === 0
    ? { ok: true, channel: read.data, secrets }
    : { ok: false, faults };
}

function rawChannel(
  draft: ChannelDraft,
  secretOf: (part: ChannelSecretPart) => ChannelSecret | undefined,
): object {
  const caFile = draft.caFile.trim() === '' ? {} : { caFile: draft.caFile.trim() };
  const urlPart = (): object =>
    draft.isUrlSecret ? { urlFrom: secretOf('url') } : { url: draft.url.trim() };
  const name = draft.name.trim();
  if (draft.type === 'dead-man')
    return {
      kind: 'dead-man',
      name,
      ...urlPart(),
      ...caFile,
      intervalMs: Number(draft.intervalSeconds) * 1000,
    };
  const filters = {
    ...{ minSeverity: draft.minSeverity, onlyEscalated: draft.onlyEscalated },
    ...(draft.only.length > 0 ? { only: draft.only.map(filled) } : {}),
    ...(draft.isQuiet
      ? { quietHours: { from: draft.quietFrom, to: draft.quietTo, zone: draft.quietZone.trim() } }
      : {}),
  };
  if (draft.type === 'mail') {
    const port = draft.port.trim() === '' ? {} : { port: Number(draft.port) };
    const to = draft.to.split(/[\s,;]+/).filter((address) => address !== '');
    const login = draft.auth === 'none' ? {} : { user: draft.user.trim(), password: secretOf('password') };
    const { host, security, from } = draft;
    const server = { host: host.trim(), ...port, security };
    return { kind: 'mail', name, ...filters, ...server, ...login, from: from.trim(), to, ...caFile };
  }
  const auth =
    draft.auth === 'none'
      ? {}
      : {
          auth:
            draft.auth === 'bearer'
              ? { kind: 'bearer', token: secretOf('token') }
              : { kind: 'basic', user: draft.user.trim(), password: secretOf('password') },
        };
  const signature = secretOf('signature');
  const sharesSilences = draft.type === 'alertmanager-api' && draft.sharesSilences;
  const parts = {
    sharesSilences,
    ...filters,
    ...urlPart(),
    ...auth,
    ...(signature ? { signature } : {}),
    ...caFile,
  };
  return { kind: 'webhook', name, format: draft.type, ...parts };
}

function filled(matcher: Record<keyof AlertMatcher, string>): AlertMatcher {
  return Object.fromEntries(Object.entries(matcher).filter(([, pattern]) => pattern.trim() !== ''));
}

/** The field of the form that a path of the settings belongs to. */
function fieldOf(path: string[]): string {
  const [first = '', second = ''] = path;
  if (first === 'urlFrom') return 'url';
  if (first === 'auth') return second === '' ? 'auth' : second;
  if (first === 'quietHours') return `quiet ${second}`;
  return first;
}

const emptyWords: Record<string, string> = {
  name: 'Enter a name of at most 64 characters.',
  host: 'Enter the name or address of the mail server.',
  port: 'Enter a port from 1 to 65535, or nothing.',
  user: 'Enter the user name.',
  to: 'Enter at least one address, such as noc@example.net.',
  from: 'Enter an address such as heron@example.net.',
  intervalMs: 'Enter 10 to 3600 seconds.',
};

function faultWords(field: string, message: string): string {
  const words = emptyWords[field] ?? (/^Invalid/.test(message) ? 'Enter a valid value.' : message);
  if (field === 'url' && /^Invalid/.test(message)) return 'Enter a URL that begins with https://.';
  return /^(must|is|needs) /.test(words) ? `It ${words}.` : words;
}
