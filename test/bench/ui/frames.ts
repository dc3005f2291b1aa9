import type { ElectronApplication, Page } from '@playwright/test';
import { percentile } from '../history/percentile';
import { traced, type TraceEvent } from './trace';

export interface FrameFigures {
  /** In each half second the frame with most of the page's own work; of these the 95th percentile. */
  worstP95Ms: number;
  /** The same as processor time: what a busy machine took away is not in it. */
  worstCpuP95Ms: number;
  /** The page's own work for a frame, over all frames. */
  allP95Ms: number;
  medianMs: number;
  /** From one frame that the page handed over to the next, over all frames. */
  betweenP95Ms: number;
  frames: number;
}

const windowMs = 500;

/**
 * What frames cost the page while the fleet is updated. It is asked for a frame at every refresh of the screen, as it would be by
 * anything that moves; its work for a frame is all that its main thread did since the frame before: taking updates in, scripts, layout,
 * painting, collecting garbage.
 */
export async function measureFrames(
  app: ElectronApplication,
  page: Page,
  file: string,
  seconds: number,
): Promise<FrameFigures> {
  await page.evaluate(() => {
    const again = (): void => {
      Object.assign(globalThis, { benchFrame: requestAnimationFrame(again) });
    };
    again();
  });
  const events = await traced(app, file, async () => {
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  });
  await page.evaluate(() => {
    cancelAnimationFrame((globalThis as unknown as { benchFrame: number }).benchFrame);
  });
  return figuresOf(events);
}

function figuresOf(events: readonly TraceEvent[]): FrameFigures {
  const page = events.find(
    ({ name, args }) => name === 'thread_name' && (args as { name?: string }).name === 'CrRendererMain',
  );
  const own = events
    .filter(({ pid, tid, ph }) => pid === page?.pid && tid === page.tid && ph === 'X')
    .sort((a, b) => a.ts - b.ts);
  const ends = own.filter(({ name }) => name === 'Commit').map(({ ts, dur = 0 }) => ts + dur);
  const tasks = own.filter(({ name }) => name === 'RunTask');
  const work: number[] = [];
  const between: number[] = [];
  const worst = new Map<number, number>();
  const worstCpu = new Map<number, number>();
  let next = 0;
  for (let frame = 1; frame < ends.length; frame += 1) {
    const [fromUs = 0, toUs = 0] = [ends[frame - 1], ends[frame]];
    let [busyUs, cpuUs] = [0, 0];
    while (next > 0 && endOf(tasks[next - 1]) > fromUs) next -= 1;
    for (; next < tasks.length && (tasks[next]?.ts ?? Infinity) < toUs; next += 1) {
      const task = tasks[next];
      const withinUs = Math.max(0, Math.min(endOf(task), toUs) - Math.max(task?.ts ?? 0, fromUs));
      busyUs += withinUs;
      cpuUs += ((task?.tdur ?? 0) * withinUs) / Math.max(1, task?.dur ?? 1);
    }
    const busyMs = busyUs / 1000;
    work.push(busyMs);
    between.push((toUs - fromUs) / 1000);
    const window = Math.floor(toUs / 1000 / windowMs);
    worst.set(window, Math.max(worst.get(window) ?? 0, busyMs));
    worstCpu.set(window, Math.max(worstCpu.get(window) ?? 0, cpuUs / 1000));
  }
  return {
    worstP95Ms: percentile([...worst.values()], 0.95),
    worstCpuP95Ms: percentile([...worstCpu.values()], 0.95),
    allP95Ms: percentile(work, 0.95),
    medianMs: percentile(work, 0.5),
    betweenP95Ms: percentile(between, 0.95),
    frames: work.length,
  };
}

function endOf(event: TraceEvent | undefined): number {
  return (event?.ts ?? 0) + (event?.dur ?? 0);
}
