import { describe, expect, it } from 'vitest';
import { isHolding } from '../../../../../renderer/views/timeline/use-hold';

const moving = { movedAtMs: 1_000, isPressed: false, isReleased: false };

describe('lanes under the pointer', () => {
  it('stand still while it moves, until it has rested for half a minute', () => {
    expect(isHolding(moving, 1_000)).toBe(true);
    expect(isHolding(moving, 30_999)).toBe(true);
    expect(isHolding(moving, 31_000)).toBe(false);
  });

  it('go on when it has left, or when that was asked for', () => {
    expect(isHolding({ ...moving, movedAtMs: -Infinity }, 1_000)).toBe(false);
    expect(isHolding({ ...moving, isReleased: true }, 1_000)).toBe(false);
  });

  it('stand still during a drag, however long and wherever it goes', () => {
    expect(isHolding({ movedAtMs: -Infinity, isPressed: true, isReleased: true }, 99_000)).toBe(true);
  });
});
