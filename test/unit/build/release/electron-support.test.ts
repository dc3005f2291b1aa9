import { expect, it } from 'vitest';
import { supportProblem } from '../../../../build/release/electron-support.mjs';

it.each([
  ['45.4.1', '45.4.1', null],
  ['45.4.1', '47.0.0', null],
  ['45.4.1', '48.0.0', /no security updates/],
  ['33.2.1', '45.4.1', /no security updates/],
  ['^45.4.1', '45.4.1', /not both versions/],
  ['45.4.1', '', /not both versions/],
  ['45.4.1', '46.0.0-beta.1', /not both versions/],
])('a release on Electron %s while %s is the latest', (pinned, latest, problem) => {
  const words = supportProblem(pinned, latest);
  if (problem === null) expect(words).toBeNull();
  else expect(words).toMatch(problem);
});
