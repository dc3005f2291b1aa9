import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { changesOf, nextVersion, releasedChangelog } from '../release/changelog.mjs';
import { runNpm } from '../shared/npm.mjs';
import { rootFolder } from '../shared/paths.mjs';
import { PreparationError, exitWithError, report } from '../shared/progress.mjs';
import { lastLines, runCommand } from '../shared/run-command.mjs';

const changelogFile = path.join(rootFolder, 'CHANGELOG.md');

/**
 * `npm run release -- major | minor | patch | X.Y.Z`: gives what CHANGELOG.md lists as unreleased a version, in a commit with a
 * tag. Pushing the tag builds the packages (.github/workflows/release.yml). `npm run release -- --notes vX.Y.Z` prints
 * what the changelog says of a version.
 */
async function release() {
  const [wanted = '', tag = ''] = process.argv.slice(2);
  if (wanted === '--notes') return printNotes(tag.replace(/^v/, ''));
  const { version: current } = JSON.parse(readFileSync(path.join(rootFolder, 'package.json'), 'utf8'));
  const version = nextVersion(current, wanted);
  if (version === null) {
    throw new PreparationError(
      `"${wanted}" is no version after ${current}.`,
      'npm run release -- major | minor | patch | X.Y.Z',
    );
  }
  if ((await git('status', '--porcelain')) !== '') {
    throw new PreparationError('The checkout has uncommitted changes.', 'commit them, or git stash');
  }
  if ((await git('tag', '--list', `v${version}`)) !== '') {
    throw new PreparationError(`The tag v${version} exists.`, 'name a later version');
  }
  const date = new Date().toISOString().slice(0, 10);
  const changelog = releasedChangelog(readFileSync(changelogFile, 'utf8'), version, date);
  if (changelog === null) {
    throw new PreparationError(
      'CHANGELOG.md lists nothing as unreleased.',
      'write what changed for users under [Unreleased]',
    );
  }
  writeFileSync(changelogFile, changelog);
  const bumped = await runNpm(['version', version, '--no-git-tag-version']);
  if (bumped.code !== 0) {
    throw new PreparationError('npm version failed.', 'git checkout . and try again', lastLines(bumped));
  }
  await git('commit', '--all', '--message', `Release ${version}`);
  await git('tag', '--annotate', `v${version}`, '--message', `Heron ${version}`);
  report(`tagged v${version}; to publish it: git push --follow-tags`);
  return 0;
}

/** @param {string} version */
function printNotes(version) {
  const changes = changesOf(readFileSync(changelogFile, 'utf8'), version);
  if (changes === null) {
    throw new PreparationError(`CHANGELOG.md does not list "${version}".`, 'name a version that it lists');
  }
  console.log(changes);
  return 0;
}

/** @param {string[]} args */
async function git(...args) {
  const run = await runCommand('git', args);
  if (run.code === 0) return run.stdout.trim();
  throw new PreparationError(`git ${args[0]} failed.`, 'see the lines above', lastLines(run));
}

process.exitCode = await release().catch(exitWithError);
