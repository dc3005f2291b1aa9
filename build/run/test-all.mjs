// `npm run test:all`: npm test with what takes minutes: 100 kills, 200 changed rows, a million mutated inputs.
process.env['HERON_TEST_ALL'] = '1';
await import('./test.mjs');
