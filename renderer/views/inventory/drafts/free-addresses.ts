import { freeAddress, takenAddresses } from '../../../../domain/inventory/free-address';
import type { InventoryFile } from '../../../../domain/inventory/inventory-file';
import { valueAt, type InventoryFault } from '../../../../domain/inventory/inventory-problem';
import { parseIpv4, subnetOf } from '../../../../domain/inventory/ipv4';

/**
 * A free address for each field whose address cannot be used, by the field's path joined with dots: none twice, and none that is
 * taken. The first address of a subnet is left to its gateway.
 *
 * @param draft the entry being edited
 * @param file the inventory with it
 */
export function freeAddresses(
  faults: readonly InventoryFault[],
  draft: unknown,
  file: InventoryFile,
  mask: string,
): ReadonlyMap<string, string> {
  const suggested = new Map<string, string>();
  for (const { path, rule } of faults) {
    const key = path.map(String).join('.');
    const typed = valueAt(draft, path);
    const inSubnet = placeOf(rule);
    if (inSubnet === null || suggested.has(key)) continue;
    const like = rule?.code === 'outside-subnet' && typeof typed === 'string' ? typed : null;
    const subnet = subnetOf(inSubnet, mask);
    const isGateway = path.at(-1) === 'defaultGateway';
    const taken = [
      ...takenAddresses(file, inSubnet, mask),
      ...[...suggested.values()].flatMap((address) => parseIpv4(address) ?? []),
      ...(subnet === null || isGateway ? [] : [subnet + 1]),
    ];
    const free = freeAddress(inSubnet, mask, like, taken);
    if (free !== null) suggested.set(key, free);
  }
  return suggested;
}

/** An address in the subnet where one is needed; null: the rule is not about that. */
function placeOf(rule: InventoryFault['rule']): string | null {
  switch (rule?.code) {
    case 'outside-subnet':
      return rule.first;
    case 'address-taken':
      return rule.address;
    case 'network-address':
    case 'broadcast-address':
      return rule.subnet.split('/')[0] ?? null;
    default:
      return null;
  }
}
