import type { SourceTrial } from '../../../../domain/contract/inventory-contract';
import type { Health } from '../../../../domain/model/health';
import { plural } from '../../../../domain/words/amount';
import { duration } from '../../../../domain/words/duration';

/** One fact that a test of a source found, and a scrape interval in seconds that would agree with it. */
export interface TrialLine {
  health: Health;
  fact: string;
  detail: string;
  interval: string | null;
}

/** Differences of the clocks below this are what NTP leaves. */
const clockAgreesMs = 1_000;

/** What a test found, in words. `typedInterval`: seconds, as typed. */
export function trialLines(trial: SourceTrial, typedInterval: string): TrialLine[] {
  return [
    seriesLine(trial),
    ...edgeLines(trial),
    ...intervalLine(trial, typedInterval),
    clockLine(trial.clock),
  ];
}

export function engineWords({ engine: { name, version }, tookMs }: SourceTrial): string {
  const named = version === null ? name : `${name} ${version}`;
  return `${named} answered in ${Math.max(1, Math.round(tookMs))} ms.`;
}

function line(health: Health, fact: string, detail = '', interval: string | null = null): TrialLine {
  return { health, fact, detail, interval };
}

function seriesLine({ series, otherJobs, targets }: SourceTrial): TrialLine {
  if (series > 0) return line('up', `${series.toLocaleString('en-GB')} series that Heron reads.`);
  if (targets.count > 0)
    return line(
      'down',
      'No series that Heron reads.',
      'Nothing answers yet, or snmp_exporter has another snmp.yml: make it with heron inventory prometheus.',
    );
  if (otherJobs.length > 0)
    return line(
      'down',
      'The job has no targets of edges.',
      `Jobs that have some: ${otherJobs.join(', ')}. Correct the scrape job.`,
    );
  return line(
    'down',
    'No target has the label “edge”.',
    'Make the scrape configuration with heron inventory prometheus.',
  );
}

function edgeLines({ targets, missing, repeated, others }: SourceTrial): TrialLine[] {
  const lines: TrialLine[] = [];
  const answering = targets.count - targets.failing;
  if (targets.count > 0 && targets.failing === 0)
    lines.push(line('up', `${plural(targets.count, 'target')}, all answering.`));
  if (targets.failing > 0)
    lines.push(
      line(
        answering === 0 ? 'down' : 'degraded',
        `${plural(targets.failing, 'target')} of ${targets.count} not answering.`,
        some(targets.failing, targets.failingEdges),
      ),
    );
  if (missing.count > 0)
    lines.push(
      line(
        targets.count === 0 ? 'down' : 'degraded',
        `${plural(missing.count, 'edge')} without a target.`,
        `${some(missing.count, missing.edges)} Add to the targets what heron inventory prometheus writes.`,
      ),
    );
  if (repeated.count > 0)
    lines.push(
      line(
        'degraded',
        `${plural(repeated.count, 'edge')} with more than one target.`,
        `${some(repeated.count, repeated.edges)} Their state is unknown until one is left.`,
      ),
    );
  if (others.count > 0)
    lines.push(
      line(
        'unknown',
        `Targets of ${plural(others.count, 'other edge')}.`,
        `${some(others.count, others.edges)} Not read through this source.`,
      ),
    );
  return lines;
}

function intervalLine({ scrapeIntervalMs, targets }: SourceTrial, typed: string): TrialLine[] {
  if (targets.count === 0) return [];
  if (scrapeIntervalMs === null)
    return [
      line(
        'unknown',
        'Scrape interval not known yet.',
        'No target was scraped twice in the last 11 minutes.',
      ),
    ];
  const found = String(scrapeIntervalMs / 1000);
  if (Number(typed.trim().replace(',', '.')) * 1000 === scrapeIntervalMs)
    return [line('up', `Scraped every ${found} s.`)];
  return [line('degraded', `Scraped every ${found} s.`, `Entered: ${typed} s.`, found)];
}

function clockLine({ offsetMs, uncertaintyMs }: SourceTrial['clock']): TrialLine {
  const offBy = Math.abs(offsetMs);
  if (offBy - uncertaintyMs < clockAgreesMs) return line('up', 'Its clock agrees with this computer’s.');
  const where = offsetMs > 0 ? 'ahead of' : 'behind';
  return line(
    'degraded',
    `Its clock is ${duration(offBy)} ${where} this computer’s.`,
    'Times are corrected. Check the time synchronisation of both.',
  );
}

function some(count: number, names: readonly string[]): string {
  const more = count - names.length;
  return `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`;
}
