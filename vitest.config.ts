import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';
import { propertySeed } from './build/run/property-seed.mjs';

// This file is read once for each project: all of them get the seed of the first reading.
const seed = String(propertySeed(process.env['FC_SEED']));
if (process.env['FC_SEED'] !== seed) process.stderr.write(`Property tests use FC_SEED=${seed}.\n`);
process.env['FC_SEED'] = seed;

export default defineConfig({
  plugins: [vue()],
  test: {
    env: { FC_SEED: seed },
    setupFiles: ['test/setup/property-seed.ts'],
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['test/unit/**/*.test.ts'], environment: 'node' },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          environment: 'node',
          // Real agents, real threads, real ports: one file at a time, on the built workers.
          globalSetup: ['build/bundle/build-before-tests.mjs'],
          fileParallelism: false,
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
