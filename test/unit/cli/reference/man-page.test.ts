import { expect, it } from 'vitest';
import { manPage } from '../../../../cli/reference/man-page';
import type { CommandTable } from '../../../../cli/common/command-table';

const nothing = () => Promise.resolve(0);
const commands: CommandTable = {
  probe: { lines: [['probe --to HOST', "'quoted' words"]], usage: () => Promise.resolve(''), run: nothing },
};

it('no text of a command can be a request of roff', () => {
  const page = manPage(
    commands,
    new Map([['probe', ".so /etc/passwd\n'br\na\\b --to"]]),
    '1.2.3',
    '2026-11-30',
  );
  expect(page).toContain('.TH HERON 1 "2026-11-30" "Heron 1.2.3"');
  expect(page).toContain(".B heron probe \\-\\-to HOST\n\\&'quoted' words");
  expect(page).toContain("\\&.so /etc/passwd\n\\&'br\na\\eb \\-\\-to");
});
