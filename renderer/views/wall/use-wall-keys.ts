import { useEventListener } from '@vueuse/core';
import { nextTick, shallowRef, type Ref } from 'vue';
import { isOwn } from './own-subjects';
import type { WallPage } from './place-blocks';
import { tileInDirection, type Direction } from './wall-focus';

interface WallActions {
  leave(): void;
  acknowledge(id: string): void;
  turnPage(by: 1 | -1): void;
  lettersAllowed(): boolean;
}

const arrows: ReadonlySet<string> = new Set(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown']);

/** Keys of the wall: arrows move between tiles, Enter opens one as a link does, a acknowledges it, Page Up and Down turn pages, Esc leaves. */
export function useWallKeys(page: Readonly<Ref<WallPage | null>>, actions: WallActions) {
  const activeId = shallowRef<string | null>(null);

  async function moveTo(id: string | null): Promise<void> {
    if (id === null) return;
    activeId.value = id;
    await nextTick();
    document
      .querySelector<HTMLElement>(`[data-cluster="${CSS.escape(id)}"] .open`)
      ?.focus({ preventScroll: true });
  }

  function moved(key: string): boolean {
    const tiles = page.value?.tiles.filter(({ id }) => !isOwn(id)) ?? [];
    if (arrows.has(key)) void moveTo(tileInDirection(tiles, focusedTile(), key as Direction));
    else if (key === 'Home') void moveTo(tiles[0]?.id ?? null);
    else if (key === 'End') void moveTo(tiles.at(-1)?.id ?? null);
    else return false;
    return true;
  }

  useEventListener(window, 'keydown', (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target instanceof HTMLElement && event.target.matches('input, select, textarea')) return;
    const { key } = event;
    const id = focusedTile();
    if (key === 'Escape') actions.leave();
    else if (key === 'PageDown') actions.turnPage(1);
    else if (key === 'PageUp') actions.turnPage(-1);
    else if (key === 'a' && id !== null && actions.lettersAllowed()) actions.acknowledge(id);
    else if (!moved(key)) return;
    event.preventDefault();
  });

  function setActive(event: FocusEvent): void {
    activeId.value = tileOf(event.target) ?? activeId.value;
  }

  return { activeId, setActive };
}

function focusedTile(): string | null {
  return tileOf(document.activeElement);
}

function tileOf(target: EventTarget | null): string | null {
  if (!(target instanceof HTMLElement)) return null;
  return target.closest<HTMLElement>('[data-cluster]')?.dataset['cluster'] ?? null;
}
