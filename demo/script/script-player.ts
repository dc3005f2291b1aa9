import { FaultRefused, type DemoFleet } from '../fleet/demo-fleet';
import type { ScriptStep } from './script';

/** A timer cannot wait longer than this (2^31 - 1 milliseconds). */
const mostTimerMs = 2_000_000_000;

/**
 * Causes a script's faults at their times, from now on. `speed` divides the pauses between steps. Returns a function that stops
 * it. A step that the fleet refuses is reported and skipped.
 */
export function playScript(
  steps: Iterable<ScriptStep>,
  speed: number,
  fleet: DemoFleet,
  now: () => number,
  onProblem: (words: string) => void,
): () => void {
  const iterator = steps[Symbol.iterator]();
  const startMs = now();
  let timer: NodeJS.Timeout | undefined;
  const next = (): void => {
    const step = iterator.next();
    if (step.done !== true) wait(step.value);
  };
  const wait = (step: ScriptStep): void => {
    const leftMs = startMs + (step.atSeconds * 1000) / speed - now();
    if (leftMs > mostTimerMs) timer = setTimeout(() => wait(step), mostTimerMs);
    else timer = setTimeout(() => play(step), Math.max(0, leftMs));
  };
  const play = (step: ScriptStep): void => {
    try {
      fleet.request(step.request, now());
    } catch (error) {
      if (!(error instanceof FaultRefused)) throw error;
      onProblem(`The script's step at ${String(step.atSeconds)} s: ${error.message}`);
    }
    next();
  };
  next();
  return () => clearTimeout(timer);
}
