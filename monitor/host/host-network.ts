import { createSocket } from 'node:dgram';
import { isIP } from 'node:net';
import os from 'node:os';
import type { AddressResolver } from '../names/address-resolver';
import { defaultGateway, type DefaultGateway } from './default-gateway';

/** An interface of this computer that is up and has a link. */
export interface HostInterface {
  name: string;
  addresses: string[];
}

/** The seam to this computer's network interfaces and routes. Nothing is sent through it. */
export interface HostNetwork {
  /** The interfaces that are up; null where the system does not tell. One that is down or unplugged is missing. */
  interfaces(): HostInterface[] | null;
  /** The local address from which packets to `host` are sent; null: there is no route, or no known address. */
  sourceAddress(host: string): Promise<string | null>;
  /** The router by which this computer reaches other networks; null: none, or the system does not tell. */
  defaultGateway(): Promise<DefaultGateway | null>;
}

/** The machine's own network, as every system tells it: libuv lists what is up and running only. */
export const systemNetwork: HostNetwork = {
  interfaces() {
    try {
      return Object.entries(os.networkInterfaces()).map(([name, addresses = []]) => ({
        name,
        addresses: addresses.map(({ address }) => address),
      }));
    } catch (fault) {
      // Some sandboxes do not permit it.
      if (fault instanceof Error && 'code' in fault) return null;
      throw fault;
    }
  },
  /** Connecting a UDP socket makes the system choose a route, and sends no packet. */
  sourceAddress(host) {
    return new Promise((resolve) => {
      const socket = createSocket(isIP(host) === 6 ? 'udp6' : 'udp4');
      const done = (address: string | null): void => {
        socket.close();
        resolve(address);
      };
      socket.once('error', () => done(null));
      socket.once('connect', () => done(socket.address().address));
      socket.connect(discardPort, host);
    });
  },
  defaultGateway,
};

/** A network that takes names as well as addresses: those that are known now, because a look-up might take long. */
export function withNames(network: HostNetwork, names: AddressResolver): HostNetwork {
  return {
    interfaces: () => network.interfaces(),
    defaultGateway: () => network.defaultGateway(),
    async sourceAddress(host) {
      const [address] = names.known(host).addresses ?? [];
      return address === undefined ? null : network.sourceAddress(address);
    },
  };
}

/** Any port will do: nothing is sent. */
const discardPort = 9;
