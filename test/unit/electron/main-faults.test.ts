import { describe, expect, it } from 'vitest';
import { MainFaults } from '../../../electron/main-faults';

function scene() {
  const recorded: string[] = [];
  const restarts: string[] = [];
  let nowMs = 0;
  const faults = new MainFaults(
    {
      record: (words) => recorded.push(words),
      restart: (words) => restarts.push(words),
    },
    () => nowMs,
  );
  const meet = (times: number, everyMs: number, message = 'planted'): void => {
    for (let time = 0; time < times; time += 1) {
      faults.handle(new Error(message));
      nowMs += everyMs;
    }
  };
  return { recorded, restarts, meet, faults };
}

describe('errors in the main process', () => {
  it('are recorded once in ten minutes each, without secrets, and end nothing', () => {
    const { recorded, restarts, meet, faults } = scene();
    meet(60, 10_000);
    meet(1, 10_000);
    meet(1, 0, 'another, password=hunter22');
    faults.handle('a rejection\nwith lines.');
    expect(recorded).toEqual([
      'Error: planted',
      'Error: planted',
      'Error: another, password=(secret)',
      'a rejection',
    ]);
    expect(restarts).toEqual([]);
  });

  it('start Heron again, once, when there are more than twenty in a minute', () => {
    const { restarts, meet } = scene();
    meet(20, 250);
    expect(restarts).toEqual([]);
    meet(1, 250);
    expect(restarts).toEqual(['Error: planted']);
    meet(1_000, 250);
    expect(restarts).toHaveLength(1);
  });
});
