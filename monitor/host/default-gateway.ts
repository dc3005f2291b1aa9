import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { isIPv4 } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { formatIpv4, subnetOf } from '../../domain/inventory/ipv4';

/** The router of this computer's default route. */
export interface DefaultGateway {
  address: string;
  interfaceName: string;
  /** The address of its subnet itself, which no host has. */
  nobody: string;
}

interface Route {
  gateway: string;
  /** Name of the interface, or its own address. */
  through: string;
}

/** More than the program needs that prints the routes. */
const longestMs = 5_000;

/**
 * The router of the default route of IPv4; null: there is none, or the system does not tell. The packages for this start programs by
 * the search path, and on Windows one (wmic) that its newer versions lack.
 */
export async function defaultGateway(): Promise<DefaultGateway | null> {
  try {
    const route = await defaultRoute();
    return route && placed(route);
  } catch {
    // A program is missing, or some sandbox does not permit it.
    return null;
  }
}

/** The route with its interface; null: no interface of this computer has it. */
function placed(route: Route): DefaultGateway | null {
  for (const [interfaceName, addresses = []] of Object.entries(os.networkInterfaces())) {
    const own = addresses.filter(({ family }) => family === 'IPv4');
    if (interfaceName !== route.through && !own.some(({ address }) => address === route.through)) continue;
    const subnets = own.map(({ address, netmask }) => subnetOf(address, netmask));
    const around = own.findIndex(
      ({ netmask }, index) => subnetOf(route.gateway, netmask) === subnets[index] && subnets[index] !== null,
    );
    const nobody = subnets[around] ?? subnetOf(route.gateway, '255.255.255.0') ?? 0;
    return { address: route.gateway, interfaceName, nobody: formatIpv4(nobody) };
  }
  return null;
}

async function defaultRoute(): Promise<Route | null> {
  switch (process.platform) {
    case 'linux':
      return routeOfProc(await readFile('/proc/net/route', 'utf8'));
    case 'darwin':
      return routeOfNetstat(await printed('/usr/sbin/netstat', ['-rn', '-f', 'inet']));
    case 'win32': {
      const folder = process.env['SystemRoot'] ?? 'C:\\Windows';
      return routeOfRoutePrint(
        await printed(path.win32.join(folder, 'System32', 'route.exe'), ['print', '0.0.0.0']),
      );
    }
    default:
      return null;
  }
}

function printed(program: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(program, args, { timeout: longestMs, windowsHide: true }, (fault, stdout) =>
      fault ? reject(fault) : resolve(stdout),
    );
  });
}

/** From /proc/net/route of Linux: hexadecimal words in the byte order of x86 and ARM, flag 2 is "through a gateway" (route.h). */
export function routeOfProc(text: string): Route | null {
  const routes = text.split('\n').flatMap((line) => {
    const [name = '', to, gateway = '', flags = '0', , , metric = '0', mask] = line.trim().split(/\s+/);
    if (to !== '00000000' || mask !== '00000000' || (parseInt(flags, 16) & 2) === 0) return [];
    const bytes = gateway.match(/../g) ?? [];
    const address = bytes
      .toReversed()
      .map((byte) => parseInt(byte, 16))
      .join('.');
    return isIPv4(address) ? [{ gateway: address, through: name, metric: Number(metric) }] : [];
  });
  return cheapest(routes);
}

/** From `netstat -rn -f inet` of macOS, the first default route of which counts. */
export function routeOfNetstat(text: string): Route | null {
  for (const line of text.split('\n')) {
    const [to, gateway = '', , ...rest] = line.trim().split(/\s+/);
    if (to !== 'default' || !isIPv4(gateway)) continue;
    // Older systems have two numbers before the interface.
    const through = rest.find((word) => /^[a-z]/i.test(word));
    if (through !== undefined) return { gateway, through };
  }
  return null;
}

/** From `route print 0.0.0.0` of Windows, whose headings are translated and whose columns are not. */
export function routeOfRoutePrint(text: string): Route | null {
  const routes = text.split('\n').flatMap((line) => {
    const [to, mask, gateway = '', own = '', metric] = line.trim().split(/\s+/);
    if (to !== '0.0.0.0' || mask !== '0.0.0.0' || !isIPv4(gateway) || !isIPv4(own)) return [];
    return [{ gateway, through: own, metric: Number(metric) }];
  });
  return cheapest(routes);
}

function cheapest(routes: readonly (Route & { metric: number })[]): Route | null {
  const [best] = routes.toSorted((a, b) => a.metric - b.metric);
  return best ? { gateway: best.gateway, through: best.through } : null;
}
