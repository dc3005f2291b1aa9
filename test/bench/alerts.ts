import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { alertSteps, playSequence } from '../fixtures/alerts/alert-sequence';
import { runDay } from './alerts/day';
import { measureAlertsWindow } from './alerts/window';
import { runSilences, runStorm } from './alerts/storm';

/**
 * `npm run -s bench -- alerts --json [--clusters N] [--sequences N] [--silences N] [--hours N --faults N --day-clusters N] [--seed N] [--no-window]`: clusters that fail in one second,
 * the alerts screen in the real window with as many alerts, silences made one by one, sequences of faults, actions and restarts, and, with
 * `--hours`, simulated hours of the demo fleet. The last line is one flat JSON object.
 */
async function bench(): Promise<void> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean' },
      'no-window': { type: 'boolean' },
      clusters: text,
      sequences: text,
      silences: text,
      hours: text,
      faults: text,
      'day-clusters': text,
      seed: text,
    },
  });
  const seed = Number(values.seed ?? 1);
  const clusters = Number(values.clusters ?? 1_000);
  const storm = await runStorm(clusters);
  const silenceCount = Number(values.silences ?? 10_000);
  const silences = await runSilences(silenceCount, clusters);
  const sequences = Number(values.sequences ?? 10_000);
  const found = { duplicates: 0, lostSymptoms: 0, unended: 0, unopened: 0 };
  for (const steps of fc.sample(alertSteps, { numRuns: sequences, seed })) {
    const { duplicates, lost, unended, unopened } = playSequence(steps);
    found.duplicates += duplicates;
    found.lostSymptoms += lost.length;
    found.unended += unended.length;
    found.unopened += unopened.length;
  }
  const day =
    values.hours === undefined
      ? null
      : await runDay(
          Number(values.hours),
          Number(values.faults ?? 50),
          seed,
          Number(values['day-clusters'] ?? 3),
        );
  const ofDay = day && {
    hours: day.hours,
    faults: day.faults,
    needed: day.needed,
    notified: day.notified,
    noise: day.noise.length,
    suppressed: day.suppressed,
    wronglySuppressed: day.wronglySuppressed.length,
    unnamed: day.unnamed.length,
  };
  if (day)
    process.stderr.write(
      [
        ...day.missed.map((one) => `missed: ${one}`),
        ...day.noise.map((one) => `noise: ${one}`),
        ...day.wronglySuppressed.map((one) => `wrongly suppressed: ${one}`),
        ...day.unnamed.map((one) => `not named as a symptom: ${one}`),
        '',
      ].join('\n'),
    );
  const window = values['no-window'] ? {} : await measureAlertsWindow(process.cwd(), clusters, silenceCount);
  const result = { ...storm, ...window, ...silences, sequences, ...found, ...ofDay, seed };
  process.stdout.write(`${JSON.stringify(result, null, values.json ? undefined : 2)}\n`);
}

await bench();
