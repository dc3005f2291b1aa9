import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { rootFolder } from '../shared/paths.mjs';

/**
 * Makes the images of the tray icon from the state marks of the window: run by hand after a change of the marks, with librsvg's
 * rsvg-convert.
 *   node build/icons/make-tray-marks.mjs
 * One PNG of 32 px cells: a column for each state (electron/desk/tray-image.ts has their order), a row for each count: 0 to 9, then more.
 */
const cell = 32;
const tile = '#10171F';
/** Symbol of renderer/ui/marks/MarkSprite.vue and colour of the dark theme (renderer/styles/tokens.css). */
const states = [
  ['state-nolb', '#FF6A5C'],
  ['state-split', '#F58AD6'],
  ['state-down', '#FF6A5C'],
  ['state-unknown', '#C6D1DC'],
  ['state-degraded', '#F0B541'],
  ['state-nored', '#F0B541'],
  ['state-maint', '#74B4F5'],
  ['state-up', '#4FB89A'],
  ['state-disabled', '#8494A5'],
];
const counts = ['', ...'123456789', '+'];

const sprite = readFileSync(path.join(rootFolder, 'renderer/ui/marks/MarkSprite.vue'), 'utf8');
/** @param {string} id */
function shapes(id) {
  const [, drawn] =
    new RegExp(`<symbol id="${id}" viewBox="0 0 16 16">([\\s\\S]*?)</symbol>`).exec(sprite) ?? [];
  if (drawn === undefined) throw new Error(`MarkSprite.vue has no ${id}`);
  return drawn.replaceAll('var(--cut,var(--bg-1))', tile);
}

const cells = counts.flatMap((count, row) =>
  states.map(([id = '', colour], column) => {
    const x = column * cell;
    const y = row * cell;
    // A count takes the right of the tile; the mark stays as high as a small icon can show.
    const mark = count === '' ? [4, 4, 1.5] : [1, 5.5, 1.25];
    return `<g transform="translate(${x} ${y})">
      <rect x=".5" y=".5" width="31" height="31" rx="6" fill="${tile}" stroke="#66788A"/>
      <g transform="translate(${mark[0]} ${mark[1]}) scale(${mark[2]})" color="${colour}">${shapes(id)}</g>
      ${count === '' ? '' : `<text x="26" y="23.5" text-anchor="middle" font-family="DejaVu Sans" font-weight="bold" font-size="17" textLength="10" lengthAdjust="spacingAndGlyphs" fill="#FFFFFF">${count}</text>`}
    </g>`;
  }),
);
const [width, height] = [states.length * cell, counts.length * cell];
const drawing = path.join(tmpdir(), `heron-tray-${process.pid}.svg`);
writeFileSync(
  drawing,
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${cells.join('')}</svg>`,
);
execFileSync('rsvg-convert', [drawing, '-o', path.join(rootFolder, 'electron/desk/tray-marks.png')]);
rmSync(drawing);
