import { gatewayToEdges } from '../fleet/judge-blindness';
import type { Blindness } from '../model/blindness';
import type { HostLink, HostStatus } from '../model/host';
import type { ClusterView, Snapshot } from '../model/snapshot';
import { plural } from './amount';
import { blindConsequence, credentialsOf, servedOf, type TimeOfDay } from './blindness';
import { age } from './duration';
import { utcTimeOfDay } from './time';

/** One thing that was tested, in order: whether it explains the blindness. */
export interface BlindCheck {
  /** `failed`: the likely cause; `passed`: it works; `unknown`: not tested, or it cannot be from here. */
  result: 'failed' | 'passed' | 'unknown';
  fact: string;
  detail: string;
  aside: string;
}

/** What was tested, the likely cause first. */
export function blindChecks(
  blind: Blindness,
  { clusters, monitor }: Snapshot,
  timeOfDay: TimeOfDay = utcTimeOfDay,
): BlindCheck[] {
  const checks = [
    demoCheck(blind),
    linkCheck(blind, monitor, timeOfDay),
    ownGatewayCheck(blind, monitor.host, timeOfDay),
    pollCheck(monitor),
    sourceCheck(blind),
    credentialCheck(blind),
    gatewayCheck(blind, clusters),
  ].flat();
  const failed = checks.filter(({ result }) => result === 'failed');
  const others = checks.filter(({ result }) => result !== 'failed');
  const ordered = [...failed, ...others, usersCheck(blind, clusters)];
  return ordered.map((check, index) =>
    index === 0 && failed.length > 0 ? { ...check, aside: 'most likely' } : check,
  );
}

function check(result: BlindCheck['result'], fact: string, detail = '', aside = ''): BlindCheck {
  return { result, fact, detail, aside };
}

function demoCheck({ cause, edges }: Blindness): BlindCheck[] {
  if (cause.kind !== 'demo-ended') return [];
  return [
    check('failed', 'The demo fleet is not running.', `It was ${plural(edges, 'edge')} on this computer.`),
  ];
}

function pollCheck(monitor: Snapshot['monitor']): BlindCheck {
  const isLate = monitor.state === 'behind';
  const answers = `${monitor.edgesAnswered} of ${plural(monitor.edgesPolled, 'edge')} answer.`;
  const fact = isLate ? 'Heron polls late.' : 'Heron polls on time.';
  return check(isLate ? 'failed' : 'passed', fact, answers, `lag ${age(monitor.lagMs)}`);
}

/** A change of address this long before the silence may have caused it: agents answer who asked until then. */
const addressChangeMs = 60_000;

/** The interfaces of this computer by which it reaches the edges. */
function linkCheck(
  { cause, sinceMs }: Blindness,
  { host }: Snapshot['monitor'],
  timeOfDay: TimeOfDay,
): BlindCheck[] {
  if (cause.kind === 'demo-ended') return [];
  if (cause.kind === 'own-interface')
    return [check('failed', 'A network interface of this computer is down.', cause.words)];
  const links = host?.links ?? [];
  if (links.length === 0) return [check('passed', 'No network interface that leads to the edges is down.')];
  const moved = links.find(
    ({ changed }) => changed !== null && changed.atMs >= (sinceMs ?? Infinity) - addressChangeMs,
  );
  if (moved?.changed)
    return [
      check(
        'failed',
        `Network interface ${moved.name} has another address.`,
        `${moved.address}; until ${timeOfDay(moved.changed.atMs)} it was ${moved.changed.from}.`,
      ),
    ];
  const names = [...new Set(links.map(({ name }) => name))].toSorted();
  const fact =
    names.length === 1
      ? `Network interface ${names[0] ?? ''} is up.`
      : `Network interfaces ${names.join(', ')} are up.`;
  return [check('passed', fact, `${addressWords(links)}, unchanged.`)];
}

/** Of more than three addresses only the number. */
function addressWords(links: readonly HostLink[]): string {
  const addresses = [...new Set(links.map(({ address }) => address))].toSorted();
  if (addresses.length > 3) return `${addresses.length} addresses`;
  return `${addresses.length === 1 ? 'Address' : 'Addresses'} ${addresses.join(', ')}`;
}

/** The router by which this computer reaches other networks. */
function ownGatewayCheck(
  { cause }: Blindness,
  host: HostStatus | undefined,
  timeOfDay: TimeOfDay,
): BlindCheck[] {
  // A refusal, and the answer that nothing listens, came over the network.
  const isReached = ['demo-ended', 'refused', 'no-agent'].includes(cause.kind);
  const gateway = host && gatewayToEdges(host);
  if (!gateway || isReached) return [];
  const { address, state, lastAnswerMs } = gateway;
  switch (state) {
    case 'gone':
      return [check('failed', 'This computer has no default gateway any more.', `It was ${address}.`)];
    case 'silent':
      return [
        check(
          'failed',
          `Gateway ${address} of this computer does not answer.`,
          lastAnswerMs === null ? '' : `Last answer ${timeOfDay(lastAnswerMs)}.`,
        ),
      ];
    case 'answers':
      return [check('passed', `Gateway ${address} of this computer answers.`, 'So its own network works.')];
    case 'untested':
      return [
        check(
          'unknown',
          `Gateway ${address} of this computer: not known.`,
          'It answers no test, as some never do.',
        ),
      ];
  }
}

function sourceCheck({ cause }: Blindness): BlindCheck[] {
  if (cause.kind !== 'source') return [];
  return [check('failed', `No current metrics from ${cause.sources.join(', ')}.`, cause.words)];
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
