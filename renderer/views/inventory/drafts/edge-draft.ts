import type { Edge } from '../../../../domain/inventory/inventory';
import type { InventoryEdit } from '../../../../domain/inventory/inventory-edit';

export type MemberInput = Extract<InventoryEdit, { kind: 'put-cluster' }>['cluster']['edges'][number];

/** An edge as it is typed: every field a text, also while it is none of its kind yet. */
export interface EdgeDraft {
  /** Tells drafts apart while they have no id. */
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
  /** Name of a credential, or the mark of a new one (its name may still change); empty: SNMP is not asked. */
  credential: string;
  snmpHost: string;
  snmpPort: string;
  askHttp: boolean;
  httpUrl: string;
  tcpHost: string;
  tcpPort: string;
}

/** A control character: no credential's name has one. */
const newMark = '\u0001';

/** How an edge draft names a credential that comes with it. */
export function newCredentialMark(index: number): string {
  return `${newMark}${index}`;
}

/** Which of the new credentials is meant; -1: none of them. */
export function newCredentialIndex(credential: string): number {
  return credential.startsWith(newMark) ? Number(credential.slice(1)) : -1;
}

let drafts = 0;

/** An edge nobody has typed anything about; `like` lends what edges of one place share. */
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
  };
}

/** An edge of the inventory, ready to be typed over. */
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
  };
}

/** A draft as the inventory takes it. What is empty and may be is left out; what has to be there stays an empty text. `newNames`: of the new credentials. */
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
  };
}

function filled<K extends string>(key: K, text: string): Partial<Record<K, string>> {
  const trimmed = text.trim();
  return trimmed === '' ? {} : ({ [key]: trimmed } as Record<K, string>);
}
