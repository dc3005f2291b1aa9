import { answerOfPage, startApp, type HowToStart } from './started-app';

/** Counted from Electron's ready, milliseconds. */
export interface FirstWall {
  /** Tiles with names and states are on the screen, whatever the states. */
  firstWallMs: number;
  /** None of them is unknown: each of their edges has answered. Null: not waited for. */
  knownWallMs: number | null;
}

/** Starts the app on its wall, and sees when it is drawn, and known if that is asked for. */
export async function measureFirstWall(how: HowToStart, untilKnown: boolean): Promise<FirstWall> {
  const inPage = `(${seeWall.toString()})(${untilKnown})`;
  const started = await startApp({ ...how, link: 'heron://wall', inPage });
  try {
    const { drawnMs, knownMs } = await answerOfPage<Seen>(started);
    return {
      firstWallMs: drawnMs - started.readyMs,
      knownWallMs: knownMs === null ? null : knownMs - started.readyMs,
    };
  } finally {
    await started.app.close();
  }
}

interface Seen {
  drawnMs: number;
  knownMs: number | null;
}

/** In the page: looks at every frame. Answers UTC milliseconds, each of the moment after that frame's painting. */
async function seeWall(untilKnown: boolean): Promise<Seen> {
  const painted = (): Promise<number> =>
    new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        resolve(performance.timeOrigin + performance.now());
      };
      port2.postMessage(null);
    });
  let drawnMs: number | null = null;
  const untilMs = performance.now() + 60_000;
  for (;;) {
    await new Promise(requestAnimationFrame);
    const tiles = document.querySelectorAll('.wall [data-cluster]');
    const unknown = document.querySelectorAll('.wall [data-cluster].hatched').length;
    if (tiles.length > 0) {
      const nowMs = await painted();
      drawnMs ??= nowMs;
      if (!untilKnown) return { drawnMs, knownMs: null };
      if (unknown === 0) return { drawnMs, knownMs: nowMs };
    }
    if (performance.now() > untilMs) return { drawnMs: drawnMs ?? Number.NaN, knownMs: Number.NaN };
  }
}
