import { fieldWords } from '../../../../domain/inventory/field-names';
import { isHostAddress } from '../../../../domain/inventory/ipv4';
import type { InventoryFault } from '../../../../domain/inventory/inventory-problem';

/** An error under a field: what is wrong, what to do, and a value that fixes it. */
export interface FieldFault {
  fact: string;
  advice: string;
  fix: string | null;
}

/**
 * Rephrases an inventory error for a form, where the field is visible and its key is not needed.
 *
 * @param free an address that may be used instead; null: none is known
 */
export function fieldFault(
  { path, reason, todo, rule }: InventoryFault,
  value: string,
  free: string | null,
): FieldFault {
  const withPort = /^\s*([\d.]+):\d+\s*$/.exec(value);
  if (withPort && rule === undefined) {
    const address = withPort[1] ?? '';
    const fix = isHostAddress(address) ? address : null;
    return { fact: 'An address has no port.', advice: 'Type the port under SNMP port.', fix };
  }
  switch (rule?.code) {
    case 'outside-subnet':
      return {
        fact: `Outside ${rule.subnet}.`,
        advice: `Use ${rule.first} to ${rule.last}.`,
        fix: free,
      };
    case 'network-address':
    case 'broadcast-address': {
      const what = rule.code === 'network-address' ? 'network itself' : 'broadcast address';
      return { fact: `This is the ${what} of ${rule.subnet}.`, advice: 'Use another one.', fix: free };
    }
    case 'address-taken':
      return {
        fact: `Taken: it is ${rule.by}.`,
        advice: 'Each needs its own address.',
        fix: free,
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
      return value === '' ? missing(todo) : plain(String(path.at(-1) ?? ''), reason, todo);
  }
}

function missing(todo: string): FieldFault {
  return { fact: 'Missing.', advice: unquoted(/For example .*/.exec(todo)?.[0] ?? ''), fix: null };
}

/** Shortens "clusterIp "10.61.9" is not …" to "Not …", since field and value are visible. */
function plain(key: string, reason: string, todo: string): FieldFault {
  const rest = key !== '' && reason.startsWith(`${key} `) ? reason.slice(key.length + 1) : reason;
  const rule = rest
    .replace(/^(?:"[^"]*"|-?[\d.]+(?:e[-+]?\d+)?|true|false|null) (?=(?:is|must|has) )/i, '')
    .replace(/^(?:is|has) /, '')
    .replace(/^must have /, '')
    .replace(/(\d+)\.$/, (_, number: string) =>
      key.endsWith('Ms') ? `${Number(number) / 1000} s.` : `${number}.`,
    );
  const advice = /such as|For example/.test(rule) || todo === 'Correct it.' ? '' : unquoted(todo);
  return {
    fact: withLabels(rule.charAt(0).toUpperCase() + rule.slice(1)),
    advice: withLabels(advice),
    fix: null,
  };
}

/** Replaces keys of the inventory file by the labels of their fields, except keys that are ordinary words. */
function withLabels(text: string): string {
  return text.replace(/\b[a-z]+(?:[A-Z][a-zA-Z]*|\.[a-zA-Z]+)\b/g, (key) => fieldWords[key] ?? key);
}

function unquoted(text: string): string {
  return text.replace(/"([^"]*)"/g, '$1');
}
