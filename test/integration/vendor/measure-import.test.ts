import { expect, it } from 'vitest';
import { measureImport } from '../../bench/fleet/measure-import';

it('imports 400 clusters with 3,000 edges within the limits, and repeats no page after a crash', async () => {
  const measured = await measureImport();
  expect(measured).toMatchObject({ clusters: 400, edges: 3_000, refusals: 0, repeatedPages: 0 });
  // 5 pages of clusters and 31 of edges, one a second for each list.
  expect(measured.requests).toBe(36);
  expect(measured.waitedSeconds).toBeGreaterThanOrEqual(34);
  expect(measured.waitedSeconds).toBeLessThan(40);
});
