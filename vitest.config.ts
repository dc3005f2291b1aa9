import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';
import { propertySeed } from './build/run/property-seed.mjs';

const seed = propertySeed(process.env['FC_SEED']);
process.stderr.write(`Property tests use FC_SEED=${seed}.\n`);

export default defineConfig({
  plugins: [vue()],
  test: {
    env: { FC_SEED: String(seed) },
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
