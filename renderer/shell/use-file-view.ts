import { useEventListener } from '@vueuse/core';
import { watch } from 'vue';
import { useRoute, useRouter, type RouteLocationNormalizedLoaded } from 'vue-router';
import type { OpenedFile } from '../../domain/contract/opened-file';
import { useFileStore } from '../state/live/file';
import { useLiveStore } from '../state/live/live';
import { useTimeStore } from '../state/time/time';
import { fileSubject } from '../views/incidents/file-subject';
import { leaveToNextPage, pageBefore, type Place } from './file-place';

/**
 * Shows what an opened incident file is about, and goes back to where the person was when it is closed. A file that is open when the window
 * starts leaves a linked view as it is. Each change of the file loads the page anew, before or after the page has learned of it.
 */
export function useFileView(): void {
  const files = useFileStore();
  const live = useLiveStore();
  const time = useTimeStore();
  const route = useRoute();
  const left = pageBefore();
  /** The file as the view follows it; undefined: the window starts. */
  let known = left?.file;
  let before = left?.before ?? null;
  let isDue = left?.isDue ?? false;
  /** Until it has, a window without a file is still starting. */
  let hasMonitored = left !== null;

  const here = (): Place => ({ path: route.fullPath, travelMs: time.travelMs, windowMs: time.windowMs });

  const { showSubject, goTo } = useFileSteps();

  /** `isFirst`: the first status of this page. Otherwise the page is about to be loaded anew, and the next one follows again. */
  function follow(isFirst: boolean): void {
    const { opened } = files.status;
    const file = opened?.file ?? null;
    const [was, wasDue] = [known === null && !hasMonitored ? undefined : known, isDue];
    known = file;
    isDue = !isFirst;
    if (file === was && !wasDue) return;
    if (opened === null) {
      if (was !== undefined) void goTo(before);
      return;
    }
    if (was === undefined && isLinked(route)) {
      isDue = false;
      return;
    }
    if (was === null) before = isFirst && left ? left.here : here();
    time.goLive();
    if (opened.extract !== null) void showSubject(opened);
  }

  useEventListener(window, 'pagehide', () => {
    if (known !== null || hasMonitored) leaveToNextPage({ file: known ?? null, here: here(), before, isDue });
  });
  watch(
    () => live.snapshot?.monitor.history.state,
    (state) => (hasMonitored ||= state === 'writing' || state === 'failing'),
    { flush: 'sync', immediate: true },
  );
  watch(
    () => files.status.opened?.file ?? null,
    () => {
      if (files.connected) follow(false);
    },
    { flush: 'sync' },
  );
  watch(
    () => files.connected,
    () => follow(true),
    { flush: 'sync' },
  );
}

/** The two ways of following a file. */
function useFileSteps() {
  const files = useFileStore();
  const time = useTimeStore();
  const router = useRouter();

  async function showSubject(file: OpenedFile): Promise<void> {
    const subject = await fileSubject(file);
    if (files.status.opened?.file !== file.file) return;
    if (subject === null) {
      time.windowMs = Math.max(1, file.range.toMs - file.range.fromMs);
      await router.push({ name: 'timeline' });
    } else await router.push({ name: 'incident', params: { id: subject.id } });
  }

  async function goTo(place: Place | null): Promise<void> {
    await router.push(place?.path ?? '/clusters');
    if (place === null) return;
    time.windowMs = place.windowMs;
    if (place.travelMs === null) time.goLive();
    else time.travelTo(place.travelMs);
  }

  return { showSubject, goTo };
}

/** Whether the window shows something that a link or a person chose. */
function isLinked({ name, params, query }: RouteLocationNormalizedLoaded): boolean {
  return name !== 'clusters' || (params['id'] ?? '') !== '' || Object.keys(query).length > 0;
}
