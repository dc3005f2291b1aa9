import { freeAddress } from '../../../../domain/inventory/free-address';
import type { InventoryFault } from '../../../../domain/inventory/inventory-problem';

/** A fault as it stands under its field: what is wrong, what to do, and a value to take with one press. */
export interface FieldFault {
  fact: string;
  advice: string;
  fix: string | null;
}

/** Around an address field: the subnet it belongs to, and what is taken there. */
export interface AddressSurroundings {
  mask: string;
  taken: readonly number[];
}

/** The inventory's own rule in words for a form: the field stands above, so its key is not repeated. */
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
      return { fact: `This is the ${what} of ${rule.subnet}.`, advice: 'Give it another one.', fix: null };
    }
    case 'address-taken':
      return {
        fact: `Taken: it is ${rule.by}.`,
        advice: 'Give each its own address.',
        fix: around && freeAddress(rule.address, around.mask, null, around.taken),
      };
    case 'agent-taken':
      return {
        fact: `${rule.address} is the agent of ${rule.by}.`,
        advice: 'Two edges have two agents.',
        fix: null,
      };
    case 'name-taken':
      return { fact: 'This name is taken.', advice: 'Give it another one.', fix: null };
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

/** "clusterIp "10.61.9" is not …" becomes "Not …": which field and which value can be seen. */
function plain(reason: string, todo: string): FieldFault {
  const fact = reason.replace(/^\w+ (?:"[^"]*" |\d+ )?(is|must|has) /, (_, verb: string) =>
    verb === 'is' ? '' : verb === 'must' ? 'It must ' : 'It has ',
  );
  const advice = /such as|For example/.test(fact) || todo === 'Correct it.' ? '' : unquoted(todo);
  return { fact: fact.charAt(0).toUpperCase() + fact.slice(1), advice, fix: null };
}

function unquoted(text: string): string {
  return text.replace(/"([^"]*)"/g, '$1');
}
