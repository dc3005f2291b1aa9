import { SnmpEngine, type EngineUser } from '../agent/engine';
import { edgeObjectTable } from '../agent/edge-objects';
import { UdpAgent } from '../agent/udp-agent';
import { proxyServing } from '../faults/conditions';
import { EdgeResponder, type ResponderState, type RolePage } from './edge-responder';
import { advbase, type DemoCluster } from '../fleet/demo-cluster';
import type { DemoEdge } from '../fleet/demo-edge';
import type { DemoFleet } from '../fleet/demo-fleet';

/** The ports of one edge. */
export interface EdgePorts {
  snmp: number;
  http: number;
}

/** All sockets of a fleet. */
export interface FleetListeners {
  ports: ReadonlyMap<string, EdgePorts>;
  close(): Promise<void>;
}

/** SnmpEngineID of an edge: net-snmp's enterprise, format text (RFC 3411 section 5), the edge's name. */
export function engineIdOf(name: string): Buffer {
  return Buffer.concat([Buffer.from('80001f8804', 'hex'), Buffer.from(name, 'utf8').subarray(0, 27)]);
}

/**
 * Starts an SNMP agent and a responder on loopback for every edge. `untouched` edges do not publish their CARP role. Rejects, with
 * everything closed, when there is no free port.
 */
export async function listenForFleet(
  fleet: DemoFleet,
  user: EngineUser,
  now: () => number,
  untouched = false,
): Promise<FleetListeners> {
  const ports = new Map<string, EdgePorts>();
  const open: { close(): Promise<void> }[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(open.map((one) => one.close()));
  };
  try {
    for (const cluster of fleet.clusters) {
      for (const edge of cluster.edges) {
        const [agent, responder] = await listenForEdge(fleet, cluster, edge, user, now, untouched);
        open.push(agent, responder);
        ports.set(edge.plan.name, { snmp: agent.port, http: responder.port });
      }
    }
  } catch (error) {
    await close();
    throw error;
  }
  return { ports, close };
}

async function listenForEdge(
  fleet: DemoFleet,
  cluster: DemoCluster,
  edge: DemoEdge,
  user: EngineUser,
  now: () => number,
  untouched: boolean,
): Promise<[UdpAgent, EdgeResponder]> {
  const engine = new SnmpEngine(engineIdOf(edge.plan.name), user, {
    boots: () => edge.boots,
    time: (nowMs) => Math.floor(edge.agentUptimeMs(nowMs) / 1000),
  });
  const agent = await UdpAgent.listen({
    engine,
    table: edgeObjectTable(cluster, edge, engine, untouched),
    now,
    answers: (nowMs) => {
      fleet.advanceCluster(cluster, nowMs);
      return edge.conditions.powered && edge.conditions.managementUp;
    },
  });
  const state = (): ResponderState => {
    fleet.advanceCluster(cluster, now());
    if (proxyServing(edge.conditions)) return 'serves';
    return edge.conditions.powered && edge.conditions.linksUp ? 'refuses' : 'silent';
  };
  try {
    return [
      agent,
      await EdgeResponder.listen({ state, role: () => (untouched ? undefined : rolePage(cluster, edge)) }),
    ];
  } catch (error) {
    await agent.close();
    throw error;
  }
}

function rolePage(cluster: DemoCluster, edge: DemoEdge): RolePage | undefined {
  const role = edge.roleNow();
  if (!role) return undefined;
  const shown = role.toUpperCase() as RolePage['role'];
  return { role: shown, vhid: cluster.plan.vhid, advbase, advskew: edge.plan.advskew };
}
