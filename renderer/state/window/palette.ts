import { defineStore } from 'pinia';
import { ref } from 'vue';
import { z } from 'zod';

const storageKey = 'heron.palette';
const mostRecent = 8;
const kept = z.array(z.string().max(300)).max(mostRecent);

function readRecent(): string[] {
  try {
    const read = kept.safeParse(JSON.parse(localStorage.getItem(storageKey) ?? '[]'));
    return read.success ? read.data : [];
  } catch (thrown) {
    if (!(thrown instanceof SyntaxError)) throw thrown;
    return [];
  }
}

/** Whether the command palette is open, and its recently used commands, latest first. */
export const usePaletteStore = defineStore('palette', () => {
  const open = ref(false);
  const recent = ref(readRecent());

  function used(id: string): void {
    recent.value = [id, ...recent.value.filter((other) => other !== id)].slice(0, mostRecent);
    localStorage.setItem(storageKey, JSON.stringify(recent.value));
  }

  return { open, recent, used };
});
