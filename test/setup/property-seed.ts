import fc from 'fast-check';

// vitest.config.ts sets FC_SEED for every run, so that all property tests of a run share one seed.
fc.configureGlobal({ seed: Number(process.env['FC_SEED']) });
