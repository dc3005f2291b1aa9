import { describe, expect, it } from 'vitest';
import type { SourceTrial } from '../../../../../domain/contract/inventory-contract';
import { engineWords, trialLines } from '../../../../../renderer/views/inventory/source/source-trial-words';

const none = { count: 0, edges: [] };
const well: SourceTrial = {
  ...{ atMs: 0, tookMs: 12.4, engine: { name: 'Prometheus', version: '2.42.0' } },
  ...{ clock: { offsetMs: 3, uncertaintyMs: 5 }, series: 1_234, otherJobs: [], scrapeIntervalMs: 5_000 },
  ...{ targets: { count: 3, failing: 0, failingEdges: [] }, missing: none, repeated: none, others: none },
};
const lines = (more: Partial<SourceTrial>, typed = '5'): string[] =>
  trialLines({ ...well, ...more }, typed).map(({ health, fact, detail }) =>
    `${health}: ${fact} ${detail}`.trim(),
  );

describe('a test of a source in words', () => {
  it('says what was found', () => {
    expect(engineWords(well)).toBe('Prometheus 2.42.0 answered in 12 ms.');
    expect(engineWords({ ...well, engine: { name: 'VictoriaMetrics', version: null } })).toBe(
      'VictoriaMetrics answered in 12 ms.',
    );
    expect(lines({})).toEqual([
      'up: 1,234 series that Heron reads.',
      'up: 3 targets, all answering.',
      'up: Scraped every 5 s.',
      'up: Its clock agrees with this computer’s.',
    ]);
  });

  it.each<[string, Partial<SourceTrial>, string]>([
    [
      'edges are missing',
      { missing: { count: 8, edges: ['a', 'b'] } },
      'degraded: 8 edges without a target. a, b and 6 more. Add to the targets what heron inventory prometheus writes.',
    ],
    [
      'edges have two targets',
      { repeated: { count: 1, edges: ['a'] } },
      'degraded: 1 edge with more than one target. a. Their state is unknown until one is left.',
    ],
    [
      'targets fail',
      { targets: { count: 3, failing: 1, failingEdges: ['a'] } },
      'degraded: 1 target of 3 not answering. a.',
    ],
    [
      'the job is another one',
      { series: 0, targets: { count: 0, failing: 0, failingEdges: [] }, otherJobs: ['snmp'] },
      'down: The job has no targets of edges. Jobs that have some: snmp. Correct the scrape job.',
    ],
    [
      'snmp.yml is another one',
      { series: 0 },
      'down: No series that Heron reads. Nothing answers yet, or snmp_exporter has another snmp.yml: make it with heron inventory prometheus.',
    ],
    [
      'the clock is off',
      { clock: { offsetMs: -300_000, uncertaintyMs: 5 } },
      'degraded: Its clock is 5 m 0 s behind this computer’s. Times are corrected. Check the time synchronisation of both.',
    ],
    [
      'nothing was scraped twice',
      { scrapeIntervalMs: null },
      'unknown: Scrape interval not known yet. No target was scraped twice in the last 11 minutes.',
    ],
  ])('says that %s', (_name, more, words) => {
    expect(lines(more)).toContain(words);
  });

  it('proposes the interval that was found', () => {
    const [found] = trialLines(well, '15').filter(({ interval }) => interval !== null);
    expect(found).toMatchObject({ fact: 'Scraped every 5 s.', detail: 'Entered: 15 s.', interval: '5' });
  });
});
