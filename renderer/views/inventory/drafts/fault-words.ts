import { freeAddress } from '../../../../domain/inventory/free-address';
import type { InventoryFault } from '../../../../domain/inventory/inventory-problem';

/** An error under a field: what is wrong, what to do, and a value that fixes it. */
export interface FieldFault {
  fact: string;
  advice: string;
  fix: string | null;
}

/** The subnet of an address field, and the addresses used in it. */
export interface AddressSurroundings {
  mask: string;
  taken: readonly number[];
}

/** Rephrases an inventory error for a form, where the field is visible and its key is not needed. */
export function fieldFault(
  { reason, todo, rule }: InventoryFault,
  value: string,
  around: AddressSurroundings | null,
): FieldFault {
  switch (rule?.code) {
    case 'outside-subnet':
      return {
        fact: `Outside ${rule.subnet}.`,
        advice: `Use ${rule.first} to ${rule.last}.`,
        fix: around && freeAddress(rule.first, around.mask, value, around.taken),
      };
    case 'network-address':
    case 'broadcast-address': {
      const what = rule.code === 'network-address' ? 'network itself' : 'broadcast address';
      return { fact: `This is the ${what} of ${rule.subnet}.`, advice: 'Use another one.', fix: null };
    }
    case 'address-taken':
      return {
        fact: `Taken: it is ${rule.by}.`,
        advice: 'Each needs its own address.',
        fix: around && freeAddress(rule.address, around.mask, null, around.taken),
      };
    case 'agent-taken':
      return {
        fact: `${rule.address} is the SNMP agent of ${rule.by}.`,
        advice: 'Each edge has its own agent.',
        fix: null,
      };
    case 'name-taken':
      return { fact: 'This name is taken.', advice: 'Use another one.', fix: null };
    case 'too-few-edges':
      return { fact: todo, advice: reason, fix: null };
    case 'cannot-join':
    case undefined:
      return value === '' ? missing(todo) : plain(reason, todo);
  }
}

function missing(todo: string): FieldFault {
  return { fact: 'Missing.', advice: unquoted(/For example .*/.exec(todo)?.[0] ?? ''), fix: null };
}

/** Shortens "clusterIp "10.61.9" is not …" to "Not …", since field and value are visible. */
function plain(reason: string, todo: string): FieldFault {
  const fact = reason.replace(/^\w+ (?:"[^"]*" |-?[\d.]+ )?(is|must|has) /, (_, verb: string) =>
    verb === 'is' ? '' : verb === 'must' ? 'Must ' : '',
  );
  const advice = /such as|For example/.test(fact) || todo === 'Correct it.' ? '' : unquoted(todo);
  return { fact: fact.charAt(0).toUpperCase() + fact.slice(1), advice, fix: null };
}

function unquoted(text: string): string {
  return text.replace(/"([^"]*)"/g, '$1');
}
