import { isIP, type LookupFunction } from 'node:net';
import type { AddressResolver, HostAddresses } from './address-resolver';

/** The code of the error that a connection to a name without an address fails with, as Node's own look-up has it. */
const notFound = 'ENOTFOUND';

/** A look-up for Node's sockets that never waits for a name server once the name is known. */
export function nodeLookup(names: AddressResolver): LookupFunction {
  return (host, options, callback) => {
    const answer = (known: HostAddresses): void => {
      const family = options.family === 4 || options.family === 'IPv4' ? 4 : options.family ? 6 : 0;
      const found = (known.addresses ?? [])
        .map((address) => ({ address, family: isIP(address) }))
        .filter((one) => family === 0 || one.family === family);
      const [first] = found;
      if (!first) callback(Object.assign(new Error(`${host} has no address`), { code: notFound }), '', 0);
      else if (options.all) callback(null, found);
      else callback(null, first.address, first.family);
    };
    void names.first(host).then(answer);
  };
}
