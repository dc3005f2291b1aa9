import type { Blindness } from '../model/blindness';
import type { HostStatus } from '../model/host';
import { credentialsOf } from './blindness';

/** What to do, in order. `action`: what Heron can do about it, for a button. */
export interface BlindStep {
  fact: string;
  detail: string;
  action: 'restart-demo' | 'credentials' | 'own-inventory' | null;
}

/** What to do about it, the likely remedy first. `host`: where Heron asks from, if it is known. */
export function blindSteps({ cause }: Blindness, host?: HostStatus): BlindStep[] {
  const firewall = firewallStep(host);
  switch (cause.kind) {
    case 'demo-ended':
      return [
        step('Restart the demo fleet.', 'Its history goes on.', 'restart-demo'),
        step('Or monitor your own edges.', 'Import or enter an inventory.', 'own-inventory'),
      ];
    case 'refused':
      return [
        step(
          `Correct ${credentialsOf(cause.credentials)}.`,
          'User, protocols and passwords are in Settings.',
          'credentials',
        ),
        step('Was it changed on the edges?', 'heron doctor EDGE says which part is wrong.'),
      ];
    case 'own-interface':
      return [step('Check cable, Wi-Fi or VPN of this computer.', cause.words), askAnother];
    case 'never':
      return [
        step(
          'Check the addresses and ports in the inventory.',
          'heron doctor EDGE tests one edge step by step.',
          'own-inventory',
        ),
        step('Check the credential.', 'Some agents do not answer a wrong one at all.', 'credentials'),
        firewall,
      ];
    case 'no-agent':
      return [
        step('Check that snmpd runs on the edges.', 'Also that its port is the one in the inventory.'),
        firewall,
      ];
    case 'source':
      return sourceSteps(cause);
    case 'names':
      return [
        step('Check the name servers of this computer.'),
        step('Or use addresses in the inventory.', '', 'own-inventory'),
      ];
    case 'site':
      return [step(`Check the link or VPN to ${cause.site}.`), askAnother, firewall];
    case 'subnet':
      return [step(`Check the route to ${cause.subnet}.`), askAnother, firewall];
    case 'mixed':
      return [
        step('Check the credential.', '', 'credentials'),
        step('Check VPN, cable or Wi-Fi of this computer.'),
        firewall,
      ];
    case 'silent':
      return cause.gateway === null
        ? [step('Check VPN, cable or Wi-Fi of this computer.'), askAnother, firewall]
        : [step(`Check VPN, route and firewall beyond ${cause.gateway}.`), askAnother, firewall];
  }
}

function step(fact: string, detail = '', action: BlindStep['action'] = null): BlindStep {
  return { fact, detail, action };
}

function sourceSteps({ sources, words }: { sources: readonly string[]; words: string }): BlindStep[] {
  const direct = 'Write "source": "direct" in the inventory.';
  return [
    step(`Check ${sources.join(', ')}.`, words),
    step('Or let Heron poll the edges itself.', direct, 'own-inventory'),
  ];
}

const askAnother: BlindStep = {
  fact: 'Ask another Heron or the site.',
  detail: 'From elsewhere they may be seen.',
  action: null,
};

function firewallStep(host: HostStatus | undefined): BlindStep {
  const [only, another] = new Set(host?.links.map(({ address }) => address));
  const from = only !== undefined && another === undefined ? only : 'here';
  return {
    fact: 'Network fine?',
    detail: `Then a firewall may block UDP 161 from ${from}.`,
    action: null,
  };
}
