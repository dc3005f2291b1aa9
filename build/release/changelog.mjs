const unreleased = '## [Unreleased]';

/**
 * The changelog with the unreleased changes moved under a new version (keepachangelog.com 1.1.0).
 * @param {string} text of CHANGELOG.md
 * @param {string} version such as `1.2.0`
 * @param {string} date such as `2026-11-30`
 * @returns {string | null} null when nothing is listed as unreleased
 */
export function releasedChangelog(text, version, date) {
  const section = sectionOf(text, unreleased);
  if (section === null || !/^- /m.test(section)) return null;
  return text.replace(unreleased, () => `${unreleased}\n\n## [${version}] - ${date}`);
}

/**
 * What the changelog says of a version: the text of a release.
 * @param {string} text of CHANGELOG.md
 * @param {string} version
 * @returns {string | null} null when it is not listed
 */
export function changesOf(text, version) {
  return sectionOf(text, `## [${version}]`);
}

/**
 * @param {string} text
 * @param {string} heading how the heading begins
 */
function sectionOf(text, heading) {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => line.startsWith(heading));
  if (start === -1) return null;
  const length = lines.slice(start + 1).findIndex((line) => line.startsWith('## '));
  return lines
    .slice(start + 1, length === -1 ? undefined : start + 1 + length)
    .join('\n')
    .trim();
}

/**
 * @param {string} current such as `0.1.0`
 * @param {string} wanted `major`, `minor`, `patch` or a version
 * @returns {string | null} null when it is none of these, or not higher than the current one
 */
export function nextVersion(current, wanted) {
  const [major = 0, minor = 0, patch = 0] = current.split('.').map(Number);
  const steps = {
    major: `${major + 1}.0.0`,
    minor: `${major}.${minor + 1}.0`,
    patch: `${major}.${minor}.${patch + 1}`,
  };
  if (Object.hasOwn(steps, wanted)) return steps[/** @type {keyof typeof steps} */ (wanted)];
  const named = /^(\d+)\.(\d+)\.(\d+)$/.exec(wanted)?.slice(1).map(Number);
  if (named === undefined) return null;
  const at = [major, minor, patch].findIndex((part, index) => part !== named[index]);
  return at !== -1 && (named[at] ?? 0) > ([major, minor, patch][at] ?? 0) ? wanted : null;
}
