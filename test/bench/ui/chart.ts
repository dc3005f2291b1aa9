import type { PageApp, TimeStore } from '../page-app';

export interface ChartTimes {
  /** From the wish for 24 hours, on the open page, until the chart of them is painted. */
  chartMs: number[];
  /** From leaving for the cluster's page until its chart of 24 hours is painted. */
  pageMs: number[];
}

/** In the page, by its own router and stores: at T the cluster's shares of the 24 hours before, `times` times in both ways. */
export async function drawCharts(wanted: {
  clusterName: string;
  atMs: number;
  edges: number;
  times: number;
}): Promise<ChartTimes> {
  const root = document.querySelector('#app') as unknown as { __vue_app__: PageApp };
  const { $pinia, $router } = root.__vue_app__.config.globalProperties;
  const time = $pinia._s.get('time') as TimeStore;
  const hourMs = 3_600_000;
  const proto = CanvasRenderingContext2D.prototype;
  const { fill } = proto;
  let fills = 0;
  proto.fill = function (...args: unknown[]) {
    if (this.canvas.getAttribute('aria-label')?.startsWith('Share of traffic')) fills += 1;
    (fill as (...given: unknown[]) => void).apply(this, args);
  };
  const frame = (): Promise<number> => new Promise(requestAnimationFrame);
  const painted = (): Promise<number> =>
    new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        resolve(performance.now());
      };
      port2.postMessage(null);
    });
  const untilDrawn = async (wish: () => void): Promise<number> => {
    fills = 0;
    const startMs = performance.now();
    wish();
    do {
      await frame();
      if (performance.now() - startMs > 20_000) throw new Error(`only ${fills} bands were drawn in 20 s`);
    } while (fills < wanted.edges);
    return (await painted()) - startMs;
  };
  const rest = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 700));
  const result: ChartTimes = { chartMs: [], pageMs: [] };
  try {
    time.windowMs = 24 * hourMs;
    time.travelTo(wanted.atMs);
    while (time.past?.atMs !== wanted.atMs) await rest();
    const { clusters } = $pinia._s.get('view') as { clusters: { id: string; name: string }[] };
    const id = clusters.find(({ name }) => name === wanted.clusterName)?.id ?? '';
    const to = `/cluster/${encodeURIComponent(id)}`;
    for (let turn = 0; turn < wanted.times; turn += 1) {
      result.pageMs.push(await untilDrawn(() => void $router.push(to)));
      await rest();
      await untilDrawn(() => (time.windowMs = hourMs));
      await rest();
      result.chartMs.push(await untilDrawn(() => (time.windowMs = 24 * hourMs)));
      await $router.push('/clusters');
      await rest();
    }
    return result;
  } finally {
    time.goLive();
    proto.fill = fill;
  }
}
