import type { Blindness } from '../model/blindness';
import type { ClusterView, Snapshot } from '../model/snapshot';
import { plural } from './amount';
import { age, durationRange } from './duration';

/** A time of day in the zone that the screen or the terminal shows. */
export type TimeOfDay = (ms: number) => string;

/** "Heron sees nothing: all 6 clusters silent since 21:29:13", or to what it is blind. */
export function blindTitle(blind: Blindness, timeOfDay: TimeOfDay): string {
  const since = blind.sinceMs === null ? '' : ` since ${timeOfDay(blind.sinceMs)}`;
  if (!blind.isTotal) return `Heron is blind to ${blindScope(blind)}${since}`;
  const all = blind.clusterIds.length === 1 ? 'the only cluster' : `all ${blind.clusterIds.length} clusters`;
  const { cause } = blind;
  switch (cause.kind) {
    case 'demo-ended':
      return `Heron sees nothing: the demo fleet ended${blind.sinceMs === null ? '' : ` at ${timeOfDay(blind.sinceMs)}`}`;
    case 'own-interface':
      return `Heron sees nothing: this computer’s network is down${since}`;
    case 'refused':
      return `Heron sees nothing: ${all} ${blind.clusterIds.length === 1 ? 'refuses' : 'refuse'} ${credentialsOf(cause.credentials)}${since}`;
    case 'never':
      return `Heron sees nothing: ${all} silent since monitoring began`;
    case 'no-agent':
      return `Heron sees nothing: no SNMP agent runs on ${all}${since}`;
    case 'names':
      return `Heron sees nothing: the names of ${all} have no address${since}`;
    case 'mixed':
      return `Heron sees nothing: ${all} silent or refusing${since}`;
    default:
      return `Heron sees nothing: ${all} silent${since}`;
  }
}

/** To what Heron is blind, in little room: "site Frankfurt, 2 clusters", "credential noc, 12 edges". */
export function blindScope({ cause, clusterIds, edges }: Blindness): string {
  const clusters = plural(clusterIds.length, 'cluster');
  switch (cause.kind) {
    case 'site':
      return `${cause.site}, ${clusters}`;
    case 'subnet':
      return `${cause.subnet}, ${clusters}`;
    case 'refused':
      return `${credentialsOf(cause.credentials)}, ${plural(edges, 'edge')}`;
    default:
      return clusters;
  }
}

/** What that means for users, as far as the probes of the cluster IPs show, and why: the sentence after the title. */
export function blindConsequence(
  blind: Blindness,
  clusters: readonly ClusterView[],
): { fact: string; detail: string } {
  const { served, probed } = servedOf(blind, clusters);
  const users =
    served === 0
      ? 'Whether users are served is not known.'
      : `${served} of ${plural(probed, 'cluster IP')} still ${served === 1 ? 'accepts' : 'accept'} connections.`;
  return { fact: users, detail: whyBlind(blind) };
}

function servedOf(
  { cause, clusterIds }: Blindness,
  clusters: readonly ClusterView[],
): { served: number; probed: number } {
  // What was probed of a demo fleet ended with it.
  if (cause.kind === 'demo-ended') return { served: 0, probed: 0 };
  const probed = clusters.filter(({ id, users }) => clusterIds.includes(id) && users !== null);
  return { served: probed.filter(({ users }) => users?.state === 'served').length, probed: probed.length };
}

function whyBlind({ cause, edges, withinMs }: Blindness): string {
  const all = edges === 1 ? 'Its only edge' : `All ${edges} edges`;
  switch (cause.kind) {
    case 'demo-ended':
      return 'Its process is no longer running, so none of its edges can answer.';
    case 'own-interface':
      return cause.words;
    case 'refused':
      return `The agents answer and refuse the credential, so the network works.${cause.detail === '' ? '' : ` An agent says: ${cause.detail}.`}`;
    case 'never':
      return `${all} have not answered yet: the network, the addresses or the credential may be wrong.`;
    case 'no-agent':
      return `The hosts of ${all.toLowerCase()} answer that nothing listens on the port, so the network works.`;
    case 'names':
      return 'No name server answers, or it does not know them.';
    case 'mixed':
      return 'They are not seen for several reasons: see each cluster.';
    case 'site':
      return `${all} there fell silent${within(withinMs)}, others answer: the path to ${cause.site} is suspected first.`;
    case 'subnet':
      return `${all} in ${cause.subnet} fell silent${within(withinMs)}, others answer: the path to it is suspected first.`;
    case 'silent':
      return `${all} fell silent${within(withinMs)}, so this computer’s network is suspected first.`;
  }
}

function within(ms: number | null): string {
  return ms === null || ms > 60_000 ? '' : ` within ${durationRange(ms, ms)}`.replace('at most ', '');
}

function credentialsOf(names: readonly string[]): string {
  if (names.length === 0) return 'the credential';
  return names.length === 1 ? `credential ${names[0] ?? ''}` : `credentials ${names.join(', ')}`;
}

/** One thing that was tested, in order: whether it explains the blindness. */
export interface BlindCheck {
  /** `failed`: the likely cause; `passed`: it works; `unknown`: not tested, or it cannot be from here. */
  result: 'failed' | 'passed' | 'unknown';
  fact: string;
  detail: string;
  aside: string;
}

/** What was tested, the likely cause first. */
export function blindChecks(blind: Blindness, { clusters, monitor }: Snapshot): BlindCheck[] {
  const checks = [ownChecks(blind, monitor), credentialCheck(blind), gatewayCheck(blind, clusters)].flat();
  const failed = checks.filter(({ result }) => result === 'failed');
  const others = checks.filter(({ result }) => result !== 'failed');
  const ordered = [...failed, ...others, usersCheck(blind, clusters)];
  return ordered.map((check, index) =>
    index === 0 && failed.length > 0 ? { ...check, aside: 'most likely' } : check,
  );
}

function ownChecks({ cause, edges }: Blindness, monitor: Snapshot['monitor']): BlindCheck[] {
  const polls: BlindCheck = {
    result: monitor.state === 'behind' ? 'failed' : 'passed',
    fact: monitor.state === 'behind' ? 'Heron polls late.' : 'Heron polls on time.',
    detail: `${monitor.edgesAnswered} of ${plural(monitor.edgesPolled, 'edge')} answer.`,
    aside: `lag ${age(monitor.lagMs)}`,
  };
  if (cause.kind === 'demo-ended') {
    const fact = 'The demo fleet is not running.';
    return [
      { result: 'failed', fact, detail: `It was ${plural(edges, 'edge')} on this computer.`, aside: '' },
      polls,
    ];
  }
  const isDown = cause.kind === 'own-interface';
  const link: BlindCheck = {
    result: isDown ? 'failed' : 'passed',
    fact: isDown
      ? 'A network interface of this computer is down.'
      : 'No network interface that leads to the edges is down.',
    detail: isDown ? cause.words : '',
    aside: '',
  };
  return [link, polls];
}

function credentialCheck({ cause }: Blindness): BlindCheck[] {
  if (cause.kind !== 'refused') return [];
  const words = credentialsOf(cause.credentials);
  const fact = `${words.charAt(0).toUpperCase()}${words.slice(1)} ${cause.credentials.length > 1 ? 'are' : 'is'} refused.`;
  return [{ result: 'failed', fact, detail: cause.detail, aside: '' }];
}

/** The default gateways of the clusters, which Heron probes beside the edges. */
function gatewayCheck(blind: Blindness, clusters: readonly ClusterView[]): BlindCheck[] {
  if (blind.cause.kind === 'demo-ended' || blind.cause.kind === 'refused') return [];
  const probed = clusters
    .filter(({ id }) => blind.clusterIds.includes(id))
    .flatMap(({ users }) => users?.gateway ?? []);
  const answering = probed.filter((gateway) => gateway === 'answers').length;
  const silent = probed.filter((gateway) => gateway === 'silent').length;
  if (answering > 0) {
    const fact = `${answering} of ${plural(probed.length, 'gateway')} of the clusters ${answering === 1 ? 'answers' : 'answer'}.`;
    return [
      { result: 'passed', fact, detail: 'The path to them works; only the edges are silent.', aside: '' },
    ];
  }
  if (silent === 0) return [];
  const fact =
    silent === 1
      ? 'The cluster’s gateway does not answer either.'
      : `None of ${silent} gateways of the clusters answers either.`;
  return [{ result: 'failed', fact, detail: 'So the path to them is suspected, not the edges.', aside: '' }];
}

function usersCheck(blind: Blindness, clusters: readonly ClusterView[]): BlindCheck {
  if (servedOf(blind, clusters).served === 0)
    return {
      result: 'unknown',
      fact: 'Clusters: not known.',
      detail: 'Nothing reaches them from here.',
      aside: '',
    };
  const { fact } = blindConsequence(blind, clusters);
  return { result: 'passed', fact, detail: 'Users are served there.', aside: '' };
}

/** What to do, in order. `action`: what Heron can do about it, for a button. */
export interface BlindStep {
  fact: string;
  detail: string;
  action: 'restart-demo' | 'credentials' | 'own-inventory' | null;
}

/** What to do about it, the likely remedy first. */
export function blindSteps({ cause }: Blindness): BlindStep[] {
  const step = (fact: string, detail = '', action: BlindStep['action'] = null): BlindStep => ({
    fact,
    detail,
    action,
  });
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
      return [step('Check VPN, cable or Wi-Fi of this computer.'), askAnother, firewall];
  }
}

const askAnother: BlindStep = {
  fact: 'Ask another Heron or the site.',
  detail: 'From elsewhere they may be seen.',
  action: null,
};
const firewall: BlindStep = {
  fact: 'Network fine?',
  detail: 'Then a firewall may block UDP 161 from here.',
  action: null,
};
