import type { PageApp, TimeStore } from '../page-app';

/*
 * What is measured in the page itself. These functions are sent there as text: nothing outside of them exists for them.
 */

export interface Drawn {
  /** Until every lane is drawn from the history. */
  firstDrawMs: number;
  /** Until the events are marked as well. */
  allDrawnMs: number;
  /** Bars in the first full drawing. */
  shapes: number;
}

/**
 * From the wish to see a year until every lane of it is drawn from the history. A drawing is full when it has more shapes than
 * lanes and grid alone can have.
 */
export async function firstDraw({
  lengthMs,
  least,
  leastMarks,
}: {
  lengthMs: number;
  least: number;
  leastMarks: number;
}): Promise<Drawn> {
  const root = document.querySelector('#app') as unknown as { __vue_app__: PageApp };
  const { $pinia, $router } = root.__vue_app__.config.globalProperties;
  const time = $pinia._s.get('time') as TimeStore;
  time.windowMs = lengthMs;
  let shapes = 0;
  const proto = CanvasRenderingContext2D.prototype;
  const { clearRect, fillRect, strokeRect, stroke } = proto;
  let marks = 0;
  let first: Pick<Drawn, 'firstDrawMs' | 'shapes'> | null = null;
  proto.clearRect = function (...args) {
    shapes = 0;
    marks = 0;
    clearRect.apply(this, args);
  };
  proto.fillRect = function (...args) {
    shapes += 1;
    fillRect.apply(this, args);
  };
  proto.strokeRect = function (...args) {
    shapes += 1;
    strokeRect.apply(this, args);
  };
  proto.stroke = function () {
    marks += 1;
    stroke.apply(this);
  };
  try {
    const startMs = performance.now();
    await $router.push('/timeline');
    for (;;) {
      await new Promise(requestAnimationFrame);
      const nowMs = performance.now();
      if (shapes >= least) first ??= { firstDrawMs: nowMs - startMs, shapes };
      if (first && marks >= leastMarks) return { ...first, allDrawnMs: nowMs - startMs };
      if (nowMs - startMs > 30_000)
        throw new Error(`only ${shapes} shapes and ${marks} marks were drawn in 30 s`);
    }
  } finally {
    Object.assign(proto, { clearRect, fillRect, strokeRect, stroke });
  }
}

export interface Frames {
  /** The page's own work for one frame: taking the key, drawing, layout. */
  workMs: number[];
  /** From frame to frame. */
  betweenMs: number[];
}

/** Pans (or zooms) by keys, once a frame. Two frames at the beginning are not counted. */
export async function panFrames({ keys, frames }: { keys: string[]; frames: number }): Promise<Frames> {
  const box = document.querySelector<HTMLElement>('[role=application]');
  if (!box) throw new Error('there is no timeline');
  const result: Frames = { workMs: [], betweenMs: [] };
  let lastMs = await new Promise(requestAnimationFrame);
  for (let frame = 0; frame < frames + 2; frame += 1) {
    const takenAt = performance.now();
    let beforeMs = 0;
    const before = new Promise(requestAnimationFrame).then(() => undefined);
    requestAnimationFrame(() => (beforeMs = performance.now()));
    const key = keys[frame % keys.length] ?? 'ArrowRight';
    box.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    // What a key changes is worked off before the next task.
    await new Promise<void>((resolve) => queueMicrotask(() => queueMicrotask(() => resolve())));
    await Promise.resolve();
    const takenMs = performance.now() - takenAt;
    const drawnMs = await new Promise<number>((resolve) =>
      requestAnimationFrame(() => {
        const height = document.body.offsetHeight;
        resolve(height > 0 ? performance.now() - beforeMs : 0);
      }),
    );
    await before;
    const nowMs = performance.now();
    if (frame >= 2) {
      result.workMs.push(takenMs + drawnMs);
      result.betweenMs.push(nowMs - lastMs);
    }
    lastMs = nowMs;
  }
  return result;
}

/** From the wish to be at T until the frame that shows T, for each T. */
export async function steps({ instants }: { instants: number[] }): Promise<number[]> {
  const root = document.querySelector('#app') as unknown as { __vue_app__: PageApp };
  const time = root.__vue_app__.config.globalProperties.$pinia._s.get('time') as TimeStore;
  const took: number[] = [];
  for (const atMs of instants) {
    const startMs = performance.now();
    time.travelTo(atMs);
    while (time.past?.atMs !== atMs) {
      if (performance.now() - startMs > 20_000) throw new Error('a T was not shown within 20 s');
      await new Promise((resolve) => setTimeout(resolve));
    }
    await new Promise(requestAnimationFrame);
    took.push(performance.now() - startMs);
  }
  return took;
}
