import { buildIfStale } from './build.mjs';

/** Vitest's global set-up for the integration tests: worker threads are started from out/workers. */
export async function setup() {
  await buildIfStale(['node']);
}
