import { defineStore } from 'pinia';
import { ref } from 'vue';

/** Whether the support bundle is shown; Help and the palette open it. */
export const useSupportStore = defineStore('support', () => {
  const open = ref(false);
  return { open, ask: () => (open.value = true), close: () => (open.value = false) };
});
