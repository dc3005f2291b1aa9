import { createSocket, type Socket } from 'node:dgram';
import type { EngineUser } from '../agent/engine';
import { localizedKey, type LocalizedKeys } from '../agent/usm';
import type { FaultKind } from '../faults/fault';
import type { DemoEdge } from '../fleet/demo-edge';
import type { DemoFleet } from '../fleet/demo-fleet';
import { engineIdOf } from '../listeners/listeners';
import type { TruthEntry } from '../fleet/truth';
import { coldStart, link, processFailed, roleChanged, shutdown, type Notification } from './notifications';
import { buildTrap } from './trap-message';

const proxy = { index: 2, name: 'vmx1' };
const loadBalancer = { index: 3, name: 'vmx2' };

interface Sender {
  edge: DemoEdge;
  engineId: Buffer;
  keys: LocalizedKeys;
}

/**
 * Sends the traps of real edges to a port of this machine: role changes, links, the load balancer's process, shutdown and start. An
 * edge that is off, or whose management link is cut, sends none.
 */
export class FleetTraps {
  private readonly senders = new Map<string, Sender>();
  private readonly socket: Socket;
  private lastId = 0;
  private closed = false;

  constructor(
    private readonly fleet: DemoFleet,
    private readonly user: EngineUser,
    private readonly port: number,
    private readonly now: () => number,
  ) {
    this.socket = createSocket('udp4');
    // The port may be closed.
    this.socket.on('error', () => undefined);
    this.socket.unref();
  }

  /** Sends the traps that follow from an event. */
  handle(entry: TruthEntry): void {
    if (entry.edge === undefined) return;
    const sender = this.senderOf(entry.edge);
    if (!sender) return;
    if (entry.kind === 'role') this.send(sender, roleChanged(entry.to));
    else if (entry.phase === 'begin') beginning(entry.fault).forEach((one) => this.send(sender, one));
    // The end of a fault counts once everything due at this time has been processed: the host has booted by then.
    else setImmediate(() => ending(entry.fault).forEach((one) => this.send(sender, one)));
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.socket.close();
  }

  private send({ edge, engineId, keys }: Sender, notification: Notification): void {
    const { powered, managementUp } = edge.conditions;
    if (this.closed || !powered || !managementUp) return;
    this.lastId = (this.lastId % 0x7fff_fffe) + 1;
    const uptimeMs = edge.agentUptimeMs(this.now());
    const time = Math.floor(uptimeMs / 1000);
    const engine = { engineId, boots: edge.boots, time, uptimeMs, user: this.user.name, keys };
    this.socket.send(buildTrap(engine, notification, this.lastId), this.port, '127.0.0.1');
  }

  private senderOf(name: string): Sender | undefined {
    const known = this.senders.get(name);
    if (known) return known;
    const edge = this.fleet.clusters
      .flatMap((cluster) => cluster.edges)
      .find((one) => one.plan.name === name);
    if (!edge) return undefined;
    const engineId = engineIdOf(name);
    const keys = {
      auth: localizedKey(this.user.authKey, engineId),
      priv: localizedKey(this.user.privKey, engineId),
    };
    const made = { edge, engineId, keys };
    this.senders.set(name, made);
    return made;
  }
}

function beginning(fault: FaultKind): Notification[] {
  switch (fault) {
    case 'link-cut':
      return links(false);
    case 'lb-link-cut':
      return [link(loadBalancer.index, loadBalancer.name, false, true)];
    case 'disabled-by-administrator':
      return [link(loadBalancer.index, loadBalancer.name, false, false)];
    case 'lb-dies':
      return [processFailed('No smlb process running')];
    case 'reboot':
      return [shutdown];
    default:
      return [];
  }
}

function ending(fault: FaultKind): Notification[] {
  switch (fault) {
    case 'link-cut':
      return links(true);
    case 'lb-link-cut':
      return [link(loadBalancer.index, loadBalancer.name, true, true)];
    case 'disabled-by-administrator':
      return [link(loadBalancer.index, loadBalancer.name, true, true)];
    case 'reboot':
    case 'edge-dies':
      return [coldStart];
    default:
      return [];
  }
}

function links(isUp: boolean): Notification[] {
  return [proxy, loadBalancer].map(({ index, name }) => link(index, name, isUp, true));
}
