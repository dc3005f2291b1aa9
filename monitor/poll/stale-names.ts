import { canonicalAddress } from '../../domain/inventory/host-address';
import type { Edge } from '../../domain/inventory/inventory';
import type { StaleName } from '../../domain/model/reading';
import type { AddressResolver } from '../names/address-resolver';
import { hostOf } from '../snmp/snmp-source';

const namesByEdge = new WeakMap<Edge, readonly string[]>();
const none: StaleName[] = [];

/** The names of an edge whose look-ups fail, with the addresses that are used in their place. */
export function staleNames(edge: Edge, resolver: AddressResolver): StaleName[] {
  const names = namesByEdge.get(edge) ?? namesOf(edge);
  namesByEdge.set(edge, names);
  if (names.length === 0) return none;
  return names.flatMap((host) => {
    const known = resolver.known(host);
    if (known.addresses === null || known.failing === null) return [];
    return [{ host, address: known.addresses.join(', '), ...known.failing }];
  });
}

/** The hosts of an edge that are names. */
function namesOf(edge: Edge): string[] {
  const { snmp, http, tcp } = edge;
  const hosts = [
    ...(snmp ? [hostOf(edge)] : []),
    ...(http?.url === undefined ? [] : [new URL(http.url).hostname.replace(/^\[|\]$/g, '')]),
    ...(tcp?.host === undefined ? [] : [tcp.host]),
  ];
  return [...new Set(hosts)].filter((host) => canonicalAddress(host) === null);
}
