import { quantized } from '../../../db/codec/quantize';
import { dayMs, intervalMs } from './fleet';
import { seededRandom } from './random';

const samplesAnHour = 3_600_000 / intervalMs;

/**
 * One edge's samples of one hour as the writer's rows: time in the hour, answered, then the metrics as they are stored. A day
 * with its busy hours, noise from poll to poll, now and then a poll without an answer.
 */
export function hourOfSamples(edge: number, hour: number): (number | null)[][] {
  const random = seededRandom(edge * 1_000_003 + hour);
  const phaseMs = Math.floor(((edge * 7919) % 97) * (intervalMs / 97));
  const dayPart = ((hour * 3_600_000) % dayMs) / dayMs;
  const weekend = Math.floor(hour / 24) % 7 < 2 ? 0.4 : 1;
  const busy = weekend * (0.25 + 0.75 * Math.max(0, Math.sin(2 * Math.PI * (dayPart - 0.3)))) + 0.05;
  const active = edge % 8 === Math.floor(hour / 120) % 8;
  let load = busy;
  return Array.from({ length: samplesAnHour }, (_, index) => {
    load += 0.02 * (random() - 0.5) + 0.05 * (busy - load);
    const atMs = index * intervalMs + phaseMs + Math.floor(3 * random());
    if (random() < 1 / 2000) return [atMs, 0, null, null, null, null, null, null, null, null];
    const bits = 90_000_000 * load * (0.95 + 0.1 * random());
    return [
      atMs,
      1,
      quantized(Math.round(800 + 900 * random() * random() * 3)),
      quantized(Math.round(1200 + 5200 * load * (0.9 + 0.2 * random()))),
      quantized(310),
      quantized(Math.round(900 * load + 30 * random())),
      quantized(Math.round(bits / 9)),
      quantized(Math.round(bits)),
      quantized(Math.round(active ? bits * 1.1 : 1_900 + 200 * random())),
      quantized(Math.round(active ? 24_000 + 4_000 * random() : 600 + 40 * random())),
    ];
  });
}
