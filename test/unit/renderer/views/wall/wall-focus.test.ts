import { describe, expect, it } from 'vitest';
import type { PlacedTile } from '../../../../../renderer/views/wall/place-blocks';
import { noParts } from '../../../../../renderer/views/wall/problem-forms';
import { tileInDirection } from '../../../../../renderer/views/wall/wall-focus';

function tile(id: string, xPx: number, yPx: number, widthPx: number): PlacedTile {
  return { id, xPx, yPx, widthPx, heightPx: 90, form: 'line', scale: 1, show: noParts };
}

/** Two wide tiles above a row of four, the last of which is wide. */
const tiles = [
  tile('left', 0, 0, 396),
  tile('right', 404, 0, 396),
  tile('a', 0, 98, 192),
  tile('b', 200, 98, 192),
  tile('c', 400, 98, 400),
  tile('d', 0, 196, 192),
];

describe('an arrow key', () => {
  it('moves to the neighbour on that side, and stays at the edge', () => {
    expect(tileInDirection(tiles, 'a', 'ArrowRight')).toBe('b');
    expect(tileInDirection(tiles, 'c', 'ArrowLeft')).toBe('b');
    expect(tileInDirection(tiles, 'c', 'ArrowRight')).toBe('c');
    expect(tileInDirection(tiles, 'left', 'ArrowUp')).toBe('left');
  });

  it('moves to the tile above or below, whatever its width', () => {
    expect(tileInDirection(tiles, 'b', 'ArrowUp')).toBe('left');
    expect(tileInDirection(tiles, 'c', 'ArrowUp')).toBe('right');
    expect(tileInDirection(tiles, 'left', 'ArrowDown')).toBe('a');
    expect(tileInDirection(tiles, 'right', 'ArrowDown')).toBe('c');
    expect(tileInDirection(tiles, 'c', 'ArrowDown')).toBe('d');
  });

  it('begins at the first tile', () => {
    expect(tileInDirection(tiles, null, 'ArrowLeft')).toBe('left');
    expect(tileInDirection([], null, 'ArrowLeft')).toBeNull();
  });
});
