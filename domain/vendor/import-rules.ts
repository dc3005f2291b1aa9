import { z } from 'zod';
import { formatIpv4, parseIpv4 } from '../inventory/ipv4';
import { hostSchema, lineSchema } from '../inventory/inventory-text';
import type { VendorEdge } from './vendor-objects';

const cidr = z
  .string()
  .refine((text) => parseCidr(text) !== null, 'is not a subnet such as 10.20.0.0/24')
  .describe('A subnet in CIDR notation.');

/** What the vendor does not know of an edge, by its name or its proxy IP. The first rule that matches an edge counts. */
export const importRuleSchema = z.strictObject({
  name: lineSchema.min(1).max(64).optional().describe('Name of the edge; * stands for any characters.'),
  subnet: cidr.optional().describe('Subnet that the proxy IP is in.'),
  site: lineSchema.max(64).optional().describe('Site of its cluster.'),
  management: z
    .union([
      z.literal('proxy').describe('The agent answers on the proxy IP.'),
      z.strictObject({ subnet: cidr }).describe('The same host part in this subnet.'),
      z
        .strictObject({
          host: z
            .string()
            .refine(
              (text) => text.includes('{name}') && hostSchema.safeParse(withName(text, 'edge-1')).success,
              'is not a host name with {name} in it, such as {name}.mgmt.example.net',
            ),
        })
        .describe('A host name made of the edge’s name.'),
    ])
    .optional()
    .describe('Where SNMP is queried.'),
  credential: z.string().min(1).optional().describe('Name of one of the credentials.'),
  snmpPort: z.int().min(1).max(65535).optional(),
  http: z.boolean().optional().describe('Whether the health page is polled, too.'),
});
export type ImportRule = z.infer<typeof importRuleSchema>;

/** The rule that counts for an edge; null: none matches. */
export function ruleFor(edge: Pick<VendorEdge, 'name' | 'ipAddress'>, rules: readonly ImportRule[]) {
  return rules.find((rule) => matches(edge, rule)) ?? null;
}

/** The address or name of an edge's agent by its rule; null: the rule names none, or the proxy IP is missing. */
export function managementOf(
  edge: Pick<VendorEdge, 'name' | 'ipAddress'>,
  { management }: ImportRule,
): { managementIp: string } | { host: string } | null {
  if (management === undefined || edge.ipAddress === null) return null;
  if (management === 'proxy') return { managementIp: edge.ipAddress };
  if ('host' in management) {
    const host = withName(management.host, edge.name ?? '');
    return hostSchema.safeParse(host).success ? { host } : null;
  }
  const subnet = parseCidr(management.subnet);
  const proxy = parseIpv4(edge.ipAddress);
  if (subnet === null || proxy === null) return null;
  return { managementIp: formatIpv4(subnet.first + (proxy % subnet.size)) };
}

function matches(edge: Pick<VendorEdge, 'name' | 'ipAddress'>, { name, subnet }: ImportRule): boolean {
  if (name !== undefined && !isLike(edge.name ?? '', name)) return false;
  if (subnet === undefined) return true;
  const range = parseCidr(subnet);
  const address = parseIpv4(edge.ipAddress ?? '');
  return range !== null && address !== null && address >= range.first && address < range.first + range.size;
}

/** Whether a name is like a pattern in which * stands for any characters. In linear time, whatever the pattern. */
export function isLike(name: string, pattern: string): boolean {
  const parts = pattern.toLowerCase().split('*');
  const text = name.toLowerCase();
  const [first = '', ...rest] = parts;
  const last = rest.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length)
    return false;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return at <= text.length - last.length;
}

function withName(template: string, name: string): string {
  return template.split('{name}').join(name.toLowerCase());
}

/** A subnet as its first address and its size; null: the text is not one. */
function parseCidr(text: string): { first: number; size: number } | null {
  const [address = '', bits = '', ...more] = text.split('/');
  const value = parseIpv4(address);
  if (value === null || !/^\d{1,2}$/.test(bits) || Number(bits) > 32 || more.length > 0) return null;
  const size = 2 ** (32 - Number(bits));
  return value % size === 0 ? { first: value, size } : null;
}
