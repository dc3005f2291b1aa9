import type { Blindness } from '../model/blindness';
import type { ClusterView } from '../model/snapshot';
import { plural } from './amount';
import { durationRange } from './duration';
import { rowsWords } from './fleet';

/** A time of day in the zone that the screen or the terminal shows. */
export type TimeOfDay = (ms: number) => string;

/** "Heron sees nothing: all 6 clusters silent since 21:29:13", or to what it is blind. */
export function blindTitle(blind: Blindness, timeOfDay: TimeOfDay): string {
  const since = blind.sinceMs === null ? '' : ` since ${timeOfDay(blind.sinceMs)}`;
  if (!blind.isTotal) return `Heron is blind to ${blindScope(blind)}${since}`;
  const { cause, clusterIds, standaloneEdges } = blind;
  const only = standaloneEdges === 1 ? 'the only edge' : 'the only cluster';
  const all = clusterIds.length === 1 ? only : `all ${rowsWords(clusterIds.length, standaloneEdges)}`;
  switch (cause.kind) {
    case 'demo-ended':
      return `Heron sees nothing: the demo fleet ended${blind.sinceMs === null ? '' : ` at ${timeOfDay(blind.sinceMs)}`}`;
    case 'own-interface':
      return `Heron sees nothing: this computer’s network is down${since}`;
    case 'refused':
      return `Heron sees nothing: ${all} ${clusterIds.length === 1 ? 'refuses' : 'refuse'} ${credentialsOf(cause.credentials)}${since}`;
    case 'never':
      return `Heron sees nothing: ${all} silent since monitoring began`;
    case 'no-agent':
      return `Heron sees nothing: no SNMP agent runs on ${all}${since}`;
    case 'names':
      return `Heron sees nothing: the names of ${all} have no address${since}`;
    case 'source':
      return `Heron sees nothing: no current metrics of ${all}${since}`;
    case 'mixed':
      return `Heron sees nothing: ${all} silent or refusing${since}`;
    default:
      return `Heron sees nothing: ${all} silent${since}`;
  }
}

/** To what Heron is blind, in little room: "site Frankfurt, 2 clusters", "credential noc, 12 edges". */
export function blindScope({ cause, clusterIds, standaloneEdges, edges }: Blindness): string {
  const clusters = rowsWords(clusterIds.length, standaloneEdges);
  switch (cause.kind) {
    case 'site':
      return `${cause.site}, ${clusters}`;
    case 'subnet':
      return `${cause.subnet}, ${clusters}`;
    case 'refused':
      return `${credentialsOf(cause.credentials)}, ${plural(edges, 'edge')}`;
    case 'source':
      return `${cause.sources.join(', ')}, ${clusters}`;
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

/** Of how many probed cluster IPs users are still served. */
export function servedOf(
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
    case 'source':
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
      return cause.gateway === null
        ? `${all} fell silent${within(withinMs)}, so this computer’s network is suspected first.`
        : `${all} fell silent${within(withinMs)}, but this computer’s gateway answers: the path beyond it is suspected first.`;
  }
}

function within(ms: number | null): string {
  return ms === null || ms > 60_000 ? '' : ` within ${durationRange(ms, ms)}`.replace('at most ', '');
}

/** "credential noc", or several. */
export function credentialsOf(names: readonly string[]): string {
  if (names.length === 0) return 'the credential';
  return names.length === 1 ? `credential ${names[0] ?? ''}` : `credentials ${names.join(', ')}`;
}
