import type { SupportPart } from '../../domain/contract/support-bundle';
import { allEdges, type Inventory } from '../../domain/inventory/inventory';
import { bytes, count, plural } from '../../domain/words/amount';
import type { LiveCounters } from './live-counters';
import type { SupportBundle } from './support-bundle';

/** The parts of a bundle for a person who decides whether to hand it on. `text`: of supportText. */
export function supportParts(bundle: SupportBundle, text: string): SupportPart[] {
  const lines = lineOfEachField(text);
  const part = (field: keyof SupportBundle, title: string, words: string): SupportPart => ({
    ...{ title, words, line: lines.get(field) ?? 0 },
  });
  const { versions, platform, variables, live, history, log } = bundle;
  const electron = versions.electron === null ? '' : `, Electron ${versions.electron}`;
  const memory = bytes(Number(platform['memoryBytes'] ?? 0));
  return [
    part('versions', 'Versions', `Heron ${versions.heron}, Node ${versions.node}${electron}`),
    part('platform', 'Computer', `${platform['system']} ${platform['architecture']}, ${memory} of memory`),
    part('variables', 'Environment', variableWords(variables)),
    part('settings', 'Settings', 'theme and trap port'),
    part('live', 'Counters', live === null ? 'none' : liveWords(live)),
    part('history', 'History', historyWords(history)),
    part('inventory', 'Inventory', inventoryWords(bundle)),
    part('findings', 'Findings', findingWords(bundle)),
    part('log', 'Log', `the last ${plural(log.length, 'line')}`),
  ];
}

function variableWords(variables: SupportBundle['variables']): string {
  const set = typeof variables === 'number' ? variables : variables.length;
  if (set === 0) return 'no variable of Heron is set';
  const what = typeof variables === 'number' ? 'how many variables of Heron are set' : 'names, no values';
  return `${what} (${set})`;
}

function liveWords({ polling, queue, traps }: LiveCounters): string {
  const packets = `${plural(traps.received, 'trap packet')}, memory`;
  if (polling === null || queue === null) return `nothing is monitored; ${packets}`;
  const polls = `${plural(polling.polls, 'poll')} (${count(polling.answered)} answered)`;
  return `${polls}, ${plural(queue.waitingBatches, 'batch', 'batches')} in the queue, ${packets}`;
}

function historyWords({ problem, sizeBytes, runs, eventCounts }: SupportBundle['history']): string {
  if (problem !== null) return problem;
  const events = Object.values(eventCounts).reduce((sum, one) => sum + one, 0);
  return `${bytes(sizeBytes ?? 0)}, ${plural(runs.length, 'run')}, numbers of ${plural(events, 'event')}`;
}

function inventoryWords({ inventory, redacted }: SupportBundle): string {
  if (inventory === null) return 'none';
  const made = inventory as Inventory;
  const size = `${plural(made.clusters.length, 'cluster')}, ${plural(allEdges(made).length, 'edge')}`;
  return `${size}, ${redacted ? 'names and addresses replaced' : 'with names and addresses'}, no password`;
}

function findingWords({ findings, configuration }: SupportBundle): string {
  return `${configuration.length} in the inventory now, ${findings.length} recorded lately`;
}

/** The fields of the bundle itself are indented by two spaces. */
function lineOfEachField(text: string): Map<string, number> {
  const found = new Map<string, number>();
  for (const [line, content] of text.split('\n').entries()) {
    const field = /^ {2}"(\w+)":/.exec(content)?.[1];
    if (field !== undefined) found.set(field, line);
  }
  return found;
}
