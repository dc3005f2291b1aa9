import { dialog } from 'electron';
import { allEdges, type Inventory } from '../../domain/inventory/inventory';
import type { SecretUse } from '../../domain/inventory/secret-uses';
import { log } from '../../monitor/log/log';
import type { SecretConsents } from '../../monitor/secrets/secret-consents';
import type { AppWindow } from './app-window';

const mostNamed = 6;
/** The question that is open, so that an edit meanwhile does not open it again. */
let openQuestion: string | null = null;

/**
 * Asks, once, whether an inventory may use passwords beyond what was allowed: other environment variables than Heron's, or stored passwords
 * for another user or other hosts. Monitoring goes on meanwhile without them.
 */
export function askForSecrets(
  inventory: Inventory,
  consents: SecretConsents,
  window: AppWindow,
  onAllowed: (edgeIds: string[]) => Promise<void>,
): void {
  const asked = consents.review(inventory);
  const question = JSON.stringify(asked);
  if (asked.length === 0 || question === openQuestion) return;
  openQuestion = question;
  for (const use of asked)
    log.warn(`The inventory may not use this password until it is allowed: ${useWords(use)}`);
  confirmUses(asked, window)
    .then(async (allowed) => {
      if (!allowed) return;
      consents.allow(asked);
      const names = new Set(inventory.credentials.map(({ name }) => name));
      await onAllowed(
        allEdges(inventory)
          .filter(({ snmp }) => snmp && names.has(snmp.credential))
          .map(({ id }) => id),
      );
    })
    .catch((fault: unknown) => log.error('Asking about passwords failed:', fault))
    .finally(() => {
      if (openQuestion === question) openQuestion = null;
    });
}

async function confirmUses(uses: readonly SecretUse[], window: AppWindow): Promise<boolean> {
  const lines = uses.slice(0, mostNamed).map(useWords);
  const more = uses.length - lines.length;
  const options = {
    type: 'question' as const,
    title: 'Passwords of the inventory',
    message: 'May this inventory use these passwords?',
    detail: `${lines.join('\n')}${more > 0 ? `\nand ${more} more` : ''}\n\nAllow this only if you know where the inventory comes from: whoever wrote it chose the hosts that get them.`,
    buttons: ['Do not allow', 'Allow'],
    defaultId: 0,
    cancelId: 0,
  };
  await window.attended('Passwords of the inventory have to be allowed: leave the wall');
  const parent = window.current;
  const { response } = await (parent
    ? dialog.showMessageBox(parent, options)
    : dialog.showMessageBox(options));
  return response === 1;
}

/** "environment variable X, sent unencrypted to 10.0.0.1", never a value. */
function useWords({ source, user, hosts }: SecretUse): string {
  const what = 'env' in source ? `environment variable ${source.env}` : `stored password "${source.secret}"`;
  const to =
    hosts.length > 3 ? `${hosts.slice(0, 3).join(', ')} and ${hosts.length - 3} more` : hosts.join(', ');
  const how = user === null ? 'sent unencrypted (SNMPv2c)' : `for user ${user}`;
  return `${what}, ${how}${to === '' ? '' : `, to ${to}`}`;
}
