import { demoKinds, demoSequence, type Random, type Sequence, type SequenceStep } from '../sequences';
import { agentFaultKinds } from './agent-faults';

/** Steps of agents' faults have this before their kind. */
export const agentStep = 'agent:';

/** An LB that stops and starts again and again, too briefly for another one to take over. */
const flapAlone = 'flaps-alone';
/** No fault of the group at all: whatever is reported of a move is invented. */
const groupWell = 'group-well';

/** Every kind of sequence of the field: faults of the group, each of them also beside those of agents and of the network. */
export const fieldKinds = [...demoKinds, flapAlone, groupWell];

/** A sequence of a kind, with up to three faults of agents and of the network at any time in it. */
export function fieldSequence(kind: string, random: Random, edges: readonly string[]): Sequence {
  const group = groupSteps(kind, random, edges);
  const lastsMs = Math.max(20_000, ...group.map(({ atMs, forSeconds = 0 }) => atMs + forSeconds * 1000));
  const agents: SequenceStep[] = [];
  for (let count = Math.floor(random() * 4); count > 0; count--) {
    const forSeconds = 1 + 5 * random();
    const whom = pick(random, ['@master', '@backup', '@backup', pick(random, edges), '@all']);
    const what = pick(random, agentFaultKinds);
    agents.push({
      atMs: Math.round(random() * lastsMs),
      kind: `${agentStep}${what}`,
      edge: whom,
      forSeconds,
    });
  }
  return {
    name: kind,
    steps: [...group, ...agents].sort((a, b) => a.atMs - b.atMs),
    lastsMs: lastsMs + 8_000,
  };
}

function groupSteps(kind: string, random: Random, edges: readonly string[]): SequenceStep[] {
  if (kind === groupWell) return [];
  if (kind !== flapAlone) return demoSequence(kind, random, edges).steps;
  const pauseMs = 2_500 + 1_500 * random();
  return Array.from({ length: 8 }, (_, round): SequenceStep[] => {
    const atMs = Math.round(round * pauseMs);
    return [
      { atMs, kind: 'lb-dies', edge: edges[0] ?? '@master' },
      { atMs: atMs + Math.round(900 + 500 * random()), kind: 'restore' },
    ];
  }).flat();
}

function pick<T>(random: Random, items: readonly T[]): T {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
}
