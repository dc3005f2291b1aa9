import { createSocket } from 'node:dgram';
import { isIP } from 'node:net';
import os from 'node:os';

/** An interface of this computer that is up and has a link. */
export interface OwnInterface {
  name: string;
  addresses: string[];
}

/** The seam to this computer's own network. Nothing is sent through it. */
export interface HostNetwork {
  /** The interfaces that are up now; null where the system does not tell. One that is down or unplugged is missing. */
  interfaces(): OwnInterface[] | null;
  /** The own address by which packets to `host` leave now; null: there is no way to it, or it has no address. */
  sourceAddress(host: string): Promise<string | null>;
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
      // Some sandboxes do not let a program ask.
      if (fault instanceof Error && 'code' in fault) return null;
      throw fault;
    }
  },
  /** Connecting a UDP socket makes the system choose the way and sends no packet. */
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
};

/** Any port will do: nothing is sent. */
const discardPort = 9;
