import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { changesOf, nextVersion, releasedChangelog } from '../../../../build/release/changelog.mjs';

const text = `# Changelog

## [Unreleased]

### Added

- A thing.

## [0.1.0] - 2026-11-22

### Added

- The first.
`;

describe('the changelog of a release', () => {
  it('has what was unreleased under the version, and nothing unreleased', () => {
    const released = releasedChangelog(text, '0.2.0', '2026-12-01') ?? '';
    expect(released).toContain('## [Unreleased]\n\n## [0.2.0] - 2026-12-01\n\n### Added\n\n- A thing.');
    expect(changesOf(released, '0.2.0')).toBe('### Added\n\n- A thing.');
    expect(changesOf(released, '0.1.0')).toBe('### Added\n\n- The first.');
    expect(changesOf(released, '0.3.0')).toBeNull();
  });

  it('is refused when nothing is unreleased', () => {
    const released = releasedChangelog(text, '0.2.0', '2026-12-01') ?? '';
    expect(releasedChangelog(released, '0.3.0', '2026-12-02')).toBeNull();
    expect(releasedChangelog('# Changelog', '0.3.0', '2026-12-02')).toBeNull();
  });

  it('can be made of the one in the checkout', () => {
    const file = path.resolve(import.meta.dirname, '../../../../CHANGELOG.md');
    expect(readFileSync(file, 'utf8')).toContain('## [Unreleased]');
  });
});

describe('the next version', () => {
  it.each([
    ['patch', '0.1.1'],
    ['minor', '0.2.0'],
    ['major', '1.0.0'],
    ['0.1.1', '0.1.1'],
    ['2.0.0', '2.0.0'],
  ])('after 0.1.0 and %s is %s', (wanted, version) => {
    expect(nextVersion('0.1.0', wanted)).toBe(version);
  });

  it.each(['0.1.0', '0.0.9', '1.0', 'v1.0.0', '', 'constructor'])('is not "%s"', (wanted) => {
    expect(nextVersion('0.1.0', wanted)).toBeNull();
  });
});
