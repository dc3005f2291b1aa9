import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Makes the packages' icons from icon.svg: run by hand after a change of the drawing, with librsvg's rsvg-convert.
 *   node build/icons/make-icons.mjs
 */
const folder = import.meta.dirname;
const sizes = [16, 24, 32, 48, 64, 128, 256, 512, 1024];

/** @param {number} size */
function pngFile(size) {
  return path.join(folder, 'png', `${size}x${size}.png`);
}

/**
 * Windows: a directory of PNG images, 256 written as 0.
 * https://learn.microsoft.com/en-us/previous-versions/ms997538(v=msdn.10)
 */
function icoFile() {
  const images = [16, 24, 32, 48, 64, 128, 256].map((size) => ({ size, png: readFileSync(pngFile(size)) }));
  const header = Buffer.alloc(6 + 16 * images.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(images.length, 4);
  let offset = header.length;
  images.forEach(({ size, png }, index) => {
    const at = 6 + 16 * index;
    header.writeUInt8(size % 256, at);
    header.writeUInt8(size % 256, at + 1);
    header.writeUInt16LE(1, at + 4);
    header.writeUInt16LE(32, at + 6);
    header.writeUInt32LE(png.length, at + 8);
    header.writeUInt32LE(offset, at + 12);
    offset += png.length;
  });
  return Buffer.concat([header, ...images.map((image) => image.png)]);
}

/** macOS: chunks of a four-letter type, a big-endian length and a PNG image. */
function icnsFile() {
  const types = { icp4: 16, icp5: 32, ic07: 128, ic08: 256, ic09: 512, ic10: 1024, ic11: 32, ic12: 64 };
  const chunks = Object.entries(types).map(([type, size]) => icnsChunk(type, readFileSync(pngFile(size))));
  return icnsChunk('icns', Buffer.concat(chunks));
}

/**
 * @param {string} type
 * @param {Buffer} content
 */
function icnsChunk(type, content) {
  const header = Buffer.alloc(8);
  header.write(type, 'latin1');
  header.writeUInt32BE(content.length + 8, 4);
  return Buffer.concat([header, content]);
}

mkdirSync(path.join(folder, 'png'), { recursive: true });
for (const size of sizes) {
  const args = ['-w', String(size), '-h', String(size), path.join(folder, 'icon.svg'), '-o', pngFile(size)];
  execFileSync('rsvg-convert', args);
}
writeFileSync(path.join(folder, 'icon.ico'), icoFile());
writeFileSync(path.join(folder, 'icon.icns'), icnsFile());
