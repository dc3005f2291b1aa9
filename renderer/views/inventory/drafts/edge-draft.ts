import type { Edge } from '../../../../domain/inventory/inventory';
import type { InventoryEdit } from '../../../../domain/inventory/inventory-edit';
import { draftOfOverrides, overridesOfDraft, type OverrideDraft } from './override-draft';

export type MemberInput = Extract<InventoryEdit, { kind: 'put-cluster' }>['cluster']['edges'][number];

/** The typed values of an edge: every field is text, valid or not. */
export interface EdgeDraft {
  /** Identifies a draft without an id. */
  key: string;
  id: string | null;
  name: string;
  enabled: boolean;
  deploymentStatus: '' | 'in-production' | 'trial';
  proxyIp: string;
  lbIp: string;
  managementIp: string;
  subnetMask: string;
  defaultGateway: string;
  subscription: string;
  sku: '' | 'SMALL' | 'MEDIUM' | 'LARGE';
  /** Name of a credential, or the marker of a new one, whose name may still change; empty: SNMP is not polled. */
  credential: string;
  snmpHost: string;
  snmpPort: string;
  askHttp: boolean;
  httpUrl: string;
  tcpHost: string;
  tcpPort: string;
  /** Of a standalone edge: through what it is read, as of a cluster. */
  source: string;
  overrides: OverrideDraft;
}

/** A control character, which credential names cannot contain. */
const newMark = '\u0001';

/** The marker by which an edge draft refers to a new credential. */
export function newCredentialMark(index: number): string {
  return `${newMark}${index}`;
}

/** Index among the new credentials; -1: none. */
export function newCredentialIndex(credential: string): number {
  return credential.startsWith(newMark) ? Number(credential.slice(1)) : -1;
}

let drafts = 0;

/** An empty draft; values that edges of one site share are copied from `like`. */
export function newEdgeDraft(name: string, like: EdgeDraft | null = null): EdgeDraft {
  drafts += 1;
  return {
    key: `draft ${drafts}`,
    id: null,
    name,
    enabled: true,
    deploymentStatus: 'in-production',
    proxyIp: '',
    lbIp: '',
    managementIp: '',
    subnetMask: '',
    defaultGateway: '',
    subscription: '',
    sku: 'LARGE',
    credential: like?.credential ?? '',
    snmpHost: '',
    snmpPort: '161',
    askHttp: true,
    httpUrl: '',
    tcpHost: '',
    tcpPort: '',
    source: '',
    overrides: draftOfOverrides(undefined),
  };
}

/** A draft of an existing edge. */
export function draftOfEdge(edge: Edge): EdgeDraft {
  return {
    key: edge.id,
    id: edge.id,
    name: edge.name,
    enabled: edge.status === 'enabled',
    deploymentStatus: edge.deploymentStatus ?? '',
    proxyIp: edge.proxyIp,
    lbIp: edge.lbIp ?? '',
    managementIp: edge.managementIp ?? '',
    subnetMask: edge.subnetMask ?? '',
    defaultGateway: edge.defaultGateway ?? '',
    subscription: edge.subscription ?? '',
    sku: edge.sku ?? '',
    credential: edge.snmp?.credential ?? '',
    snmpHost: edge.snmp?.host ?? '',
    snmpPort: String(edge.snmp?.port ?? 161),
    askHttp: edge.http !== undefined,
    httpUrl: edge.http?.url ?? '',
    tcpHost: edge.tcp?.host ?? '',
    tcpPort: edge.tcp === undefined ? '' : String(edge.tcp.port),
    source: edge.source ?? '',
    overrides: draftOfOverrides(edge.overrides),
  };
}

/** Converts a draft to an inventory entry. Empty optional fields are left out; empty required ones stay as empty text. `newNames`: names of the new credentials. */
export function edgeOfDraft(
  draft: EdgeDraft,
  deployment: 'cluster' | 'standalone',
  newNames: readonly string[],
): MemberInput {
  return {
    id: draft.id,
    name: draft.name,
    status: draft.enabled ? 'enabled' : 'disabled',
    deployment,
    proxyIp: draft.proxyIp.trim(),
    ...(draft.deploymentStatus === '' ? {} : { deploymentStatus: draft.deploymentStatus }),
    ...(deployment === 'cluster' ? filled('lbIp', draft.lbIp) : {}),
    ...filled('managementIp', draft.managementIp),
    ...filled('subnetMask', draft.subnetMask),
    ...filled('defaultGateway', draft.defaultGateway),
    ...filled('subscription', draft.subscription),
    ...(draft.sku === '' ? {} : { sku: draft.sku }),
    ...(draft.credential === ''
      ? {}
      : {
          snmp: {
            ...filled('host', draft.snmpHost),
            port: Number(draft.snmpPort),
            credential: newNames[newCredentialIndex(draft.credential)] ?? draft.credential,
          },
        }),
    ...(draft.askHttp ? { http: filled('url', draft.httpUrl) } : {}),
    ...(draft.tcpPort.trim() === ''
      ? {}
      : { tcp: { ...filled('host', draft.tcpHost), port: Number(draft.tcpPort) } }),
    ...(deployment === 'standalone' ? filled('source', draft.source) : {}),
    ...overridesOfDraft(draft.overrides),
  };
}

function filled<K extends string>(key: K, text: string): Partial<Record<K, string>> {
  const trimmed = text.trim();
  return trimmed === '' ? {} : ({ [key]: trimmed } as Record<K, string>);
}
