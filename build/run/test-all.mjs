// `npm run test:all`: npm test with what takes minutes: 100 kills, 50,000 forged files, a million mutated inputs, the deb in a fresh Debian.
process.env['HERON_TEST_ALL'] = '1';
await import('./test.mjs');
