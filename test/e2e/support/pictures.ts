import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from '@playwright/test';
import UPNG from 'upng-js';

const pictures = path.resolve(import.meta.dirname, '..', '..', '..', 'docs', 'screenshots');
const update = process.env['HERON_UPDATE_SCREENSHOTS'] === '1';

/** Compares a picture with the one in docs, or puts it there when asked to. `mostDifferent`: part of its pixels. */
export function comparePicture(name: string, picture: Buffer, mostDifferent: number): void {
  const file = path.join(pictures, name);
  if (update) {
    mkdirSync(pictures, { recursive: true });
    writeFileSync(file, withPalette(picture));
  }
  expect(existsSync(file), `${file} is there; take it with HERON_UPDATE_SCREENSHOTS=1`).toBe(true);
  expect(picture).toMatchSnapshot(name, { maxDiffPixelRatio: mostDifferent, threshold: 0.3 });
}

/** Puts a picture into docs when asked to, for screens whose content differs from run to run. */
export function savePicture(name: string, picture: Buffer): void {
  if (!update) return;
  mkdirSync(pictures, { recursive: true });
  writeFileSync(path.join(pictures, name), withPalette(picture));
}

/** The same picture in 256 colours: a third of the size, and no difference that a person sees. */
function withPalette(picture: Buffer): Buffer {
  const image = UPNG.decode(new Uint8Array(picture).buffer);
  return Buffer.from(UPNG.encode(UPNG.toRGBA8(image), image.width, image.height, 256));
}
