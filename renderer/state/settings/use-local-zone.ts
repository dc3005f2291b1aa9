import { useIntervalFn } from '@vueuse/core';
import { readonly, shallowRef, type Ref } from 'vue';
import { forgetLocalZone } from '../../../domain/words/clock';
import { usePreferencesStore } from './preferences';

const checkEveryMs = 5_000;
const zoneNow = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/**
 * The name of the time zone in which local times were drawn; a change means that they must be drawn again. The zone of a computer may be
 * changed at any time, which the browser does not report. While UTC is shown nothing needs to be drawn again.
 */
export function useLocalZone(): Readonly<Ref<string>> {
  const preferences = usePreferencesStore();
  const drawn = shallowRef(zoneNow());
  let known = drawn.value;
  useIntervalFn(() => {
    const now = zoneNow();
    if (now === known) return;
    known = now;
    forgetLocalZone();
    if (preferences.zone === 'local') drawn.value = now;
  }, checkEveryMs);
  return readonly(drawn);
}
