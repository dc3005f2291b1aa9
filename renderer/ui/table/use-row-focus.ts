import { computed, nextTick, ref, type Ref } from 'vue';

interface RowActions {
  reveal(index: number): void;
  open(id: string): void;
  /** Called after the focus moved to a row by key. */
  moved(id: string): void;
}

/** Roving focus: one row is the Tab stop; arrows, j and k, Home and End move between rows; Enter opens. */
export function useRowFocus(grid: Ref<HTMLElement | null>, ids: Ref<readonly string[]>, actions: RowActions) {
  const activeId = ref<string | null>(null);
  const activeIndex = computed(() => (activeId.value === null ? -1 : ids.value.indexOf(activeId.value)));
  /** The Tab stop: the active row, or the first. */
  const tabStop = computed(() => (activeIndex.value >= 0 ? activeId.value : (ids.value[0] ?? null)));

  function setActive(id: string): void {
    activeId.value = id;
  }

  async function moveTo(index: number): Promise<void> {
    const target = Math.max(0, Math.min(ids.value.length - 1, index));
    const id = ids.value[target];
    if (id === undefined) return;
    activeId.value = id;
    actions.reveal(target);
    await nextTick();
    grid.value?.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"]`)?.focus({ preventScroll: true });
    actions.moved(id);
  }

  function step(by: number): void {
    void moveTo(activeIndex.value < 0 ? (by > 0 ? 0 : ids.value.length - 1) : activeIndex.value + by);
  }

  const page = 10;
  const moves: Record<string, () => void> = {
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    j: () => step(1),
    k: () => step(-1),
    PageDown: () => step(page),
    PageUp: () => step(-page),
    Home: () => void moveTo(0),
    End: () => void moveTo(ids.value.length - 1),
    Enter: () => activeId.value !== null && actions.open(activeId.value),
  };

  /** Handles keydown on the grid; keys pressed on a heading's button are ignored. */
  function onKey(event: KeyboardEvent): void {
    const target = event.target;
    if (!(target instanceof HTMLElement) || target.dataset['row'] === undefined) return;
    const move = moves[event.key];
    if (!move || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    move();
  }

  return { activeIndex, tabStop, setActive, step, onKey };
}
