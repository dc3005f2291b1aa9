import { watch } from 'vue';
import { useRoute, useRouter, type RouteLocationNormalizedLoaded } from 'vue-router';
import type { OpenedFile } from '../../domain/contract/opened-file';
import { useFileStore } from '../state/live/file';
import { useTimeStore } from '../state/time/time';
import { fileSubject } from '../views/incidents/file-subject';

/** The view and time that a file replaced. */
interface Place {
  path: string;
  travelMs: number | null;
  windowMs: number;
}

/**
 * Shows what an opened incident file is about, and goes back to where the person was when it is closed. A file that is open when the window
 * starts leaves a linked view as it is.
 */
export function useFileView(): void {
  const files = useFileStore();
  const time = useTimeStore();
  const route = useRoute();
  const router = useRouter();
  let before: Place | null = null;

  async function showSubject(file: OpenedFile): Promise<void> {
    const subject = await fileSubject(file);
    if (files.status.opened?.file !== file.file) return;
    if (subject !== null) {
      await router.push({ name: 'incident', params: { id: subject.id } });
      return;
    }
    time.windowMs = Math.max(1, file.range.toMs - file.range.fromMs);
    await router.push({ name: 'timeline' });
  }

  function opened(file: OpenedFile, isFirst: boolean): void {
    if (isFirst && isLinked(route)) return;
    if (!isFirst) before ??= { path: route.fullPath, travelMs: time.travelMs, windowMs: time.windowMs };
    time.goLive();
    if (file.extract !== null) void showSubject(file);
  }

  async function closed(): Promise<void> {
    const place = before ?? { path: '/clusters', travelMs: null, windowMs: time.windowMs };
    before = null;
    await router.push(place.path);
    time.windowMs = place.windowMs;
    if (place.travelMs === null) time.goLive();
    else time.travelTo(place.travelMs);
  }

  // In step with the status: whether it is the first one must not have changed meanwhile.
  watch(
    () => files.status.opened?.file ?? null,
    () => {
      const { opened: file } = files.status;
      if (file === null) void closed();
      else opened(file, !files.connected);
    },
    { flush: 'sync' },
  );
}

/** Whether the window shows something that a link or a person chose. */
function isLinked({ name, params, query }: RouteLocationNormalizedLoaded): boolean {
  return name !== 'clusters' || (params['id'] ?? '') !== '' || Object.keys(query).length > 0;
}
