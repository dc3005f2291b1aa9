import type { Blindness } from '../model/blindness';
import type { ClusterView, EdgeView, Snapshot } from '../model/snapshot';
import { blindChecks, type BlindCheck } from './blind-checks';
import { blindSteps } from './blind-steps';
import { blindConsequence, blindTitle } from './blindness';
import { fleetWords } from './fleet';
import { stateWords } from './states';
import { utcSecond } from './time';

const resultWords: Readonly<Record<BlindCheck['result'], string>> = {
  failed: 'FAILED',
  passed: 'works',
  unknown: 'not known',
};

/**
 * What Heron does not see as text for those who look after the network: what was tested from where, what to do, and each edge with its
 * last answer. All times in UTC. `before`: the last snapshot in which something was seen; null: not known.
 */
export function blindReport(
  blind: Blindness,
  snapshot: Snapshot,
  before: Snapshot | null,
  version: string,
): string {
  const { clusters, monitor, atMs } = snapshot;
  const { fact, detail } = blindConsequence(blind, clusters);
  const unseen = clusters.filter(({ id }) => blind.clusterIds.includes(id));
  const known = new Map(before?.clusters.map((cluster) => [cluster.id, cluster]));
  return [
    blindTitle(blind, (ms) => `${utcSecond(ms)} UTC`),
    fact,
    detail,
    '',
    `Written by Heron ${version} at ${utcSecond(atMs)} UTC.`,
    ...fromWhere(monitor.host),
    '',
    'Tested, the likely cause first:',
    ...blindChecks(blind, snapshot, (ms) => `${utcSecond(ms)} UTC`).map(checkLine),
    '',
    'What to do:',
    ...blindSteps(blind, monitor.host).map(
      (step, index) => `${index + 1}. ${[step.fact, step.detail].filter(Boolean).join(' ')}`,
    ),
    '',
    `${fleetWords(unseen)} not seen, with the last known state, which is not the state now:`,
    ...unseen.flatMap((cluster) => clusterLines(cluster, known.get(cluster.id))),
    '',
  ].join('\n');
}

function fromWhere(host: Snapshot['monitor']['host']): string[] {
  if (!host) return [];
  const links = host.links.map(({ name, address }) => `${address} (${name})`);
  return [
    ...(links.length > 0 ? [`From this computer: ${links.join(', ')}.`] : []),
    ...(host.gateway
      ? [`Its default gateway: ${host.gateway.address} (${host.gateway.interfaceName}).`]
      : []),
  ];
}

function checkLine({ result, fact, detail, aside }: BlindCheck): string {
  const words = [fact, detail].filter(Boolean).join(' ');
  return `- ${resultWords[result]}: ${words}${aside === '' ? '' : ` (${aside})`}`;
}

function clusterLines(cluster: ClusterView, before: ClusterView | undefined): string[] {
  const { name, site, clusterIp, activeLb } = cluster;
  const lb = activeLb.kind === 'unknown' ? activeLb.lastEdgeName : null;
  const facts = [
    site ?? '',
    clusterIp === null ? '' : `cluster IP ${clusterIp}`,
    before ? `last known state ${stateWords[before.health].word}` : '',
    lb === null ? '' : `active LB was ${lb}`,
  ];
  return [`- ${[name, ...facts].filter(Boolean).join(', ')}`, ...cluster.edges.map(edgeLine)];
}

function edgeLine({ name, managementIp, proxyIp, lastAnswerMs }: EdgeView): string {
  const answer = lastAnswerMs === null ? 'no answer yet' : `last answer ${utcSecond(lastAnswerMs)} UTC`;
  return `  - ${name}, ${managementIp ?? proxyIp}: ${answer}`;
}
