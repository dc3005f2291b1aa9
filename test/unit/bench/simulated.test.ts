import { describe, expect, it } from 'vitest';
import { defaultRules } from '../../bench/detection/rules';
import { judgeEvidence } from '../../bench/detection/run';
import { worlds, type Habits, type WorldName } from '../../bench/detection/simulated/habits';
import { runSimulated } from '../../bench/detection/simulated/simulated-run';
import { isTrouble, storyOf } from '../../bench/detection/story';

/** Minutes of polls in virtual time are seconds of real work. */
const patienceMs = 60_000;
const tried: WorldName[] = ['plain', 'keepalived', 'loss 10 %', 'cached 5 s', 'untouched'];

describe('seeded faults in virtual time', () => {
  it.each(tried)('are told as they truly happened: %s', { timeout: patienceMs }, async (world) => {
    const habits: Habits = worlds[world];
    const options = { seed: 4, sequences: 24, clusters: 6, kinds: [], roleIntervalMs: 1_000 };
    const { evidence, lines } = await runSimulated(options, habits);
    const judged = judgeEvidence(evidence, { ...defaultRules, ...habits.rules });
    const wrong = judged.filter(
      (one) => isTrouble(one) && (one.verdict.outcome !== 'right' || one.verdict.bracketMiss !== null),
    );
    expect(wrong.map((one) => storyOf(one, lines))).toEqual([]);
    expect(judged.length).toBeGreaterThan(10);
  });
});
