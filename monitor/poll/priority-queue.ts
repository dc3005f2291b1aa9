/** A binary heap of things that are due at a time: earliest first. Times are monotonic milliseconds. */
export class DueQueue<T> {
  readonly #heap: { dueMs: number; item: T }[] = [];

  get size(): number {
    return this.#heap.length;
  }

  /** When the earliest is due, or null when nothing waits. */
  nextDueMs(): number | null {
    return this.#heap[0]?.dueMs ?? null;
  }

  push(dueMs: number, item: T): void {
    const heap = this.#heap;
    heap.push({ dueMs, item });
    let at = heap.length - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (this.#due(parent) <= this.#due(at)) return;
      this.#swap(at, parent);
      at = parent;
    }
  }

  /** Takes the earliest if it is due by `nowMs`. */
  takeDue(nowMs: number): T | null {
    const heap = this.#heap;
    const first = heap[0];
    if (!first || first.dueMs > nowMs) return null;
    const last = heap.pop();
    if (last && heap.length > 0) {
      heap[0] = last;
      this.#sink();
    }
    return first.item;
  }

  #sink(): void {
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      const right = left + 1;
      let least = at;
      if (this.#due(left) < this.#due(least)) least = left;
      if (this.#due(right) < this.#due(least)) least = right;
      if (least === at) return;
      this.#swap(at, least);
      at = least;
    }
  }

  #due(at: number): number {
    return this.#heap[at]?.dueMs ?? Infinity;
  }

  #swap(a: number, b: number): void {
    const first = this.#heap[a];
    const second = this.#heap[b];
    if (!first || !second) return;
    this.#heap[a] = second;
    this.#heap[b] = first;
  }
}
