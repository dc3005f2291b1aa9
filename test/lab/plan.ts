import path from 'node:path';
import type { LabOptions } from './options';

/** Everything a lab makes carries this in its name, so that it can be found and removed. */
export const namePrefix = 'heron-lab-';

/** Most labs at once: each has 8 of the 512 /24 networks of 198.18.0.0/15 (RFC 2544: for tests, never routed). */
export const mostLabs = 64;
const networksPerLab = 8;

export interface EdgePlan {
  name: string;
  cluster: string;
  number: number;
  namespace: string;
  folder: string;
  managementIp: string;
  proxyIp: string;
  lbIp: string;
  proxyMac: string;
  lbMac: string;
  managementMac: string;
  advskew: number;
  /** SNMP engine id as hex digits (RFC 3411: enterprise 8072, own octets). */
  engineId: string;
}

export interface ClusterPlan {
  name: string;
  number: number;
  vhid: number;
  switchNamespace: string;
  clientNamespace: string;
  network: string;
  clusterIp: string;
  gatewayIp: string;
  pollerIp: string;
  /** The poller's end of the cable into the lab, in the namespace of who runs it. */
  pollerInterface: string;
  edges: EdgePlan[];
}

/** All names and addresses of a lab; they follow from its id, folder and options alone. */
export interface LabPlan {
  id: number;
  folder: string;
  options: LabOptions;
  clusters: ClusterPlan[];
}

/** The interfaces that carry the service: an edge without them is cut off from users and from the other LBs. */
export const serviceInterfaces = ['proxy', 'lb'] as const;
export const edgeInterfaces = ['mgmt', ...serviceInterfaces] as const;
export type EdgeInterface = (typeof edgeInterfaces)[number];

/** The switch's end of an edge's cable. */
export function switchPort(edge: EdgePlan, cable: EdgeInterface): string {
  return `e${edge.number}-${cable}`;
}

/** The /24 networks that belong to a lab, used or not. */
export function networksOf(id: number): string[] {
  return Array.from({ length: networksPerLab }, (_, i) => `${networkStart(id, i + 1)}.0/24`);
}

export function makePlan(id: number, folder: string, options: LabOptions): LabPlan {
  const clusters = Array.from({ length: options.clusters }, (_, i) =>
    clusterPlan(id, folder, options, i + 1),
  );
  return { id, folder, options, clusters };
}

/** Every edge of a lab, clusters in order. */
export function allEdges(plan: LabPlan): EdgePlan[] {
  return plan.clusters.flatMap((cluster) => cluster.edges);
}

function networkStart(id: number, cluster: number): string {
  const place = id * networksPerLab + cluster - 1;
  return `198.${18 + Math.floor(place / 256)}.${place % 256}`;
}

function clusterPlan(id: number, folder: string, options: LabOptions, number: number): ClusterPlan {
  const start = networkStart(id, number);
  const namespace = `${namePrefix}${id}-c${number}`;
  const name = `lab-c${number}`;
  const hex = (value: number): string => value.toString(16).padStart(2, '0');
  const mac = (kind: number, edge: number): string => `02:48:4c:${hex(kind)}:${hex(number)}:${hex(edge)}`;
  return {
    name,
    number,
    vhid: number,
    switchNamespace: `${namespace}-switch`,
    clientNamespace: `${namespace}-client`,
    network: `${start}.0/24`,
    clusterIp: `${start}.100`,
    gatewayIp: `${start}.1`,
    pollerIp: `${start}.254`,
    pollerInterface: `hlab${id}c${number}`,
    edges: Array.from({ length: options.edges }, (_, i) => {
      const edge = i + 1;
      return {
        name: `${name}-e${edge}`,
        cluster: name,
        number: edge,
        namespace: `${namespace}-e${edge}`,
        folder: path.join(folder, 'edges', `${name}-e${edge}`),
        proxyIp: `${start}.${10 + edge}`,
        lbIp: `${start}.${30 + edge}`,
        managementIp: `${start}.${50 + edge}`,
        proxyMac: mac(1, edge),
        lbMac: mac(2, edge),
        managementMac: mac(3, edge),
        advskew: i * options.advskewStep,
        engineId: `80001f880448${hex(id)}${hex(number)}${hex(edge)}`,
      };
    }),
  };
}
