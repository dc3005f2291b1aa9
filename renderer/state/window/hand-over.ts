import { defineStore } from 'pinia';
import { ref } from 'vue';

/** The incident whose file its page saves as soon as it is shown; null: none. Not in the address, which a link can set. */
export const useHandOverStore = defineStore('hand-over', () => ({ incidentId: ref<number | null>(null) }));
