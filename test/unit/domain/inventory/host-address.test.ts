import { isIPv6 } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalAddress, canonicalHost } from '../../../../domain/inventory/host-address';
import { checkInventory } from '../../../../domain/inventory/inventory-rules';
import { hostSchema } from '../../../../domain/inventory/inventory-text';

describe('an address in its canonical form', () => {
  it.each([
    ['0:0:0:0:0:0:0:1', '::1'],
    ['2001:DB8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['2001:0db8::0001', '2001:db8::1'],
    ['::ffff:127.0.0.1', '127.0.0.1'],
    ['::FFFF:7F00:1', '127.0.0.1'],
    ['FE80::1%eth0', 'fe80::1%eth0'],
    ['10.20.0.11', '10.20.0.11'],
  ])('%s is %s', (written, canonical) => expect(canonicalAddress(written)).toBe(canonical));

  it.each([
    '10.20.0.011',
    '010.0.0.1',
    '127.1',
    '0x7f000001',
    '[::1]',
    '::ffff:127.0.0.01',
    ':::',
    '1::2::3',
    'edge-1',
    '',
  ])('%s has none', (written) => expect(canonicalAddress(written)).toBeNull());

  it('is the same for every way to write an address, and for itself', () => {
    fc.assert(
      fc.property(fc.ipV6(), fc.boolean(), (address, upper) => {
        fc.pre(isIPv6(address));
        const canonical = canonicalAddress(upper ? address.toUpperCase() : address);
        expect(canonical).not.toBeNull();
        expect(canonicalAddress(canonical ?? '')).toBe(canonical);
        const written = new URL(`http://[${address}]/`).hostname.slice(1, -1);
        expect(canonicalAddress(written)).toBe(canonical);
      }),
    );
  });
});

it('a name is compared in lower case, without its final dot', () => {
  expect(canonicalHost('Edge-1.Example.')).toBe('edge-1.example');
});

describe('the host of an agent', () => {
  it.each([
    'fe80::1%eth0',
    'fe80::1%vlan0.100',
    '0:0:0:0:0:0:0:1',
    'edge-1',
    'edge-1.example.',
    '10.20.0.11',
    '3com-1',
  ])('may be %s', (host) => expect(hostSchema.safeParse(host).success).toBe(true));
  it.each([
    ['[::1]', 'brackets'],
    ['10.20.0.011', 'leading zeros'],
    ['1.2.3', 'not a host name or an address'],
    ['0x7f.1', 'not a host name or an address'],
    ['edge.0x10', 'not a host name or an address'],
    ['fe80::1%', 'not an IPv6 address'],
    ['12345::1', 'not an IPv6 address'],
    ['edge 1', 'not a host name or an address'],
  ])('is refused when it is %s, with words', (host, words) => {
    expect(hostSchema.safeParse(host).error?.issues[0]?.message).toContain(words);
  });
});

const inventory = (edges: object[]): string => {
  const credentials = [{ name: 'noc', version: '2c', communityEnv: 'C' }];
  const standaloneEdges = edges.map((edge, at) => ({ name: `e${at}`, proxyIp: `10.0.0.${at + 1}`, ...edge }));
  return JSON.stringify({ credentials, standaloneEdges });
};
const agentAt = (host: string) => ({ snmp: { credential: 'noc', host } });

it.each([
  ['::1', '0:0:0:0:0:0:0:1'],
  ['2001:db8::1', '2001:DB8:0::0001'],
  ['::ffff:10.9.0.1', '10.9.0.1'],
  ['Edge-1.example', 'edge-1.example.'],
])('one agent under two notations, %s and %s, is found', (one, other) => {
  const checked = checkInventory(inventory([agentAt(one), agentAt(other)]));
  expect(checked).toMatchObject({
    ok: false,
    problems: [{ reason: expect.stringContaining('is also the one of') as string }],
  });
});

it.each(['http://010.0.0.1:3128/', 'http://0x0a000001/', 'http://10.1/', 'https://167772161'])(
  'a health page at %s is refused, because its address is ambiguous',
  (url) => {
    const checked = checkInventory(inventory([{ http: { url } }]));
    expect(checked).toMatchObject({
      ok: false,
      problems: [{ todo: expect.stringContaining('dotted decimals') as string }],
    });
  },
);
