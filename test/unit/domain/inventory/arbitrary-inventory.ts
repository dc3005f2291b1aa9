import fc from 'fast-check';
import type { InventoryFile } from '../../../../domain/inventory/inventory-file';
import {
  authProtocols,
  inventoryFileSchema,
  privProtocols,
} from '../../../../domain/inventory/inventory-file';

type Input = Record<string, unknown>;

const nameText = fc
  .string({ unit: fc.constantFrom(...'abcdefgzüß東0189-_. '), minLength: 1, maxLength: 20 })
  .map((text) => text.trim())
  .filter((text) => text !== '');

/** Optional keys are left out or there, as in a file that somebody wrote by hand. */
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(value, { nil: undefined });

const passwordOf = (kind: string) =>
  fc.oneof(fc.constant({ passwordEnv: `HERON_${kind}` }), fc.constant({ passwordSecret: `noc ${kind}` }));

const credential = (name: string): fc.Arbitrary<Input> => {
  const auth = fc
    .tuple(fc.constantFrom(...authProtocols), passwordOf('AUTH'))
    .map(([protocol, password]) => ({ protocol, ...password }));
  const priv = fc
    .tuple(fc.constantFrom(...privProtocols), passwordOf('PRIV'))
    .map(([protocol, password]) => ({ protocol, ...password }));
  return fc.oneof(
    fc.record({
      name: fc.constant(name),
      version: fc.constant('3'),
      user: fc.constant('noc'),
      auth,
      priv: maybe(priv),
    }),
    fc.record({ name: fc.constant(name), version: fc.constant('3'), user: fc.constant('noc') }),
    fc.constant({ name, version: '2c', communityEnv: 'HERON_COMMUNITY' }),
  );
};

/** Where a cluster's addresses are: 10.site.third.x in a /24, and management in 172.16/12 or on loopback ports. */
const edge = (site: number, number: number, name: string, standalone: boolean): fc.Arbitrary<Input> =>
  fc.record({
    name: fc.constant(name),
    status: maybe(fc.constantFrom('enabled', 'disabled')),
    deployment: maybe(fc.constant(standalone ? 'standalone' : 'cluster')),
    deploymentStatus: maybe(fc.constantFrom('in-production', 'trial')),
    proxyIp: fc.constant(`10.20.${site}.${10 + number}`),
    lbIp: standalone ? fc.constant(undefined) : maybe(fc.constant(`10.20.${site}.${50 + number}`)),
    managementIp: fc.constantFrom(
      `10.20.${site}.${90 + number}`,
      `172.16.${site}.${number + 1}`,
      '127.0.0.1',
    ),
    subscription: maybe(fc.constant(`SUB-${site}-${number}`)),
    sku: maybe(fc.constantFrom('SMALL', 'MEDIUM', 'LARGE')),
    snmp: maybe(
      fc.record({
        host: maybe(fc.constantFrom(`${site}-${number}.example.net`, `172.17.${site}.${number + 1}`)),
        port: fc.constant(20_000 + site * 32 + number),
        credential: fc.constantFrom('noc', 'other'),
      }),
    ),
    http: maybe(
      fc.record({ url: maybe(fc.constant(`http://10.20.${site}.${10 + number}:3128/index.html?=100`)) }),
    ),
  });

interface Shape {
  name: string;
  edges: string[];
}

function cluster(site: number, { name, edges }: Shape): fc.Arbitrary<Input> {
  return fc.record({
    name: fc.constant(name),
    site: maybe(fc.constant('Europe')),
    status: maybe(fc.constantFrom('enabled', 'disabled')),
    clusterIp: fc.constant(`10.20.${site}.200`),
    subnetMask: fc.constant('255.255.255.0'),
    defaultGateway: fc.constant(`10.20.${site}.1`),
    ipsecLocalTermination: maybe(fc.boolean()),
    witness: maybe(fc.constantFrom('auto', 'carp-mib', 'traffic')),
    probe: maybe(
      fc.record(
        {
          kind: fc.constantFrom('tcp', 'http', 'off'),
          port: fc.integer({ min: 1, max: 65_535 }),
          path: fc.constantFrom('/', '/index.html?=100'),
          intervalMs: fc.integer({ min: 250, max: 60_000 }),
        },
        { requiredKeys: [] },
      ),
    ),
    edges: fc.tuple(...edges.map((edgeName, number) => edge(site, number, edgeName, false))),
  });
}

/**
 * A valid inventory as somebody might write it, defaults left out. `least` clusters, each with `edges` or more: for tests
 * that plant a fault between two.
 */
export function arbitraryInventory({ least = 0, edges = 1 } = {}): fc.Arbitrary<Input> {
  const names = (min: number, max: number) => fc.uniqueArray(nameText, { minLength: min, maxLength: max });
  return fc
    .tuple(
      names(least, 4).chain((clusters) =>
        fc.tuple(
          ...clusters.map((name) =>
            fc.record({ name: fc.constant(name), size: fc.integer({ min: edges, max: 16 }) }),
          ),
        ),
      ),
      fc.integer({ min: 0, max: 2 }),
    )
    .chain(([clusters, standalone]) =>
      fc.record({
        credentials: fc.tuple(credential('noc'), credential('other')),
        clusters: fc.tuple(
          ...clusters.map(({ name, size }, site) =>
            cluster(site, {
              name,
              edges: Array.from({ length: size }, (_, n) => `${name.slice(0, 16)} ${site}/${n}`),
            }),
          ),
        ),
        standaloneEdges: fc.tuple(
          ...Array.from({ length: standalone }, (_, n) => edge(99, n, `alone ${n}`, true)),
        ),
      }),
    );
}

/** The same with every default filled in, and therefore typed. */
export function arbitraryInventoryFile(options = {}): fc.Arbitrary<InventoryFile> {
  // Through JSON, so that what is undefined is not there, as in a file.
  return arbitraryInventory(options).map((input) =>
    inventoryFileSchema.parse(JSON.parse(JSON.stringify(input))),
  );
}
