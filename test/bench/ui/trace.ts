import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { ElectronApplication } from '@playwright/test';

const eventSchema = z.object({
  name: z.string(),
  ph: z.string(),
  pid: z.number(),
  tid: z.number(),
  /** Microseconds. */
  ts: z.number(),
  dur: z.number().optional(),
  /** The same as the thread's processor time, microseconds. */
  tdur: z.number().optional(),
  args: z.unknown(),
});
export type TraceEvent = z.infer<typeof eventSchema>;

/** Records what Chromium's threads do while `work` runs. */
export async function traced(
  app: ElectronApplication,
  file: string,
  work: () => Promise<void>,
): Promise<TraceEvent[]> {
  await app.evaluate(({ contentTracing }) =>
    contentTracing.startRecording({
      included_categories: ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline'],
    }),
  );
  await work();
  await app.evaluate(({ contentTracing }, to) => contentTracing.stopRecording(to), file);
  const { traceEvents } = z
    .object({ traceEvents: z.array(eventSchema) })
    .parse(JSON.parse(readFileSync(file, 'utf8')));
  return traceEvents;
}
