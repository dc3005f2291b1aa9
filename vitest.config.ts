import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { propertySeed } from './build/run/property-seed.mjs';

// This file is read once for each project: all of them get the seed of the first reading.
const seed = String(propertySeed(process.env['FC_SEED']));
if (process.env['FC_SEED'] !== seed) process.stderr.write(`Property tests use FC_SEED=${seed}.\n`);
process.env['FC_SEED'] = seed;

/** Starts the files that take longest before all others, so that none of them is left over at the end. */
class SlowestFirst extends BaseSequencer {
  static readonly slowest = [
    'watch-rolling-update',
    'tampering',
    'cli/wall',
    'lab/keepalived',
    'lab/lab',
    'lab/command',
    'lab/watch',
    'history-contract',
    'killed',
  ];

  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const index = SlowestFirst.slowest.findIndex((name) => moduleId.endsWith(`${name}.test.ts`));
      return index === -1 ? SlowestFirst.slowest.length : index;
    };
    return Promise.resolve(
      files.toSorted((a, b) => rank(a) - rank(b) || a.moduleId.localeCompare(b.moduleId)),
    );
  }
}

export default defineConfig({
  plugins: [vue()],
  test: {
    env: { FC_SEED: seed },
    setupFiles: ['test/setup/property-seed.ts'],
    // Read from here only, not from a project.
    sequence: { sequencer: SlowestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts'],
          environment: 'node',
          globalSetup: ['test/setup/temporary-folder.ts'],
          // Half the processor time of a fresh process per file. A test of what a module keeps calls vi.resetModules().
          isolate: false,
          // Property tests and tests that parse the source take 1 to 2 s alone, and several times that beside other work.
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          environment: 'node',
          // On the built workers. Ports are the system's choice and labs have numbers, so files run side by side; most of
          // their time is waiting.
          globalSetup: ['test/setup/temporary-folder.ts', 'build/bundle/build-before-tests.mjs'],
          maxWorkers: 3,
          sequence: { groupOrder: 1 },
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          // The deb in a Debian of its own: npm run test:install.
          name: 'install',
          include: ['test/install/**/*.test.ts'],
          environment: 'node',
          globalSetup: ['test/setup/temporary-folder.ts'],
          sequence: { groupOrder: 2 },
          testTimeout: 120_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
