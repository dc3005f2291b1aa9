import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { FileStatus } from '../../../domain/contract/opened-file';
import { failureOf, listen, request } from '../../bridge/heron';
import { useNowStore } from '../time/now';

/** The history or incident file that is open instead of watching, if one is, and how its verification stands. */
export const useFileStore = defineStore('file', () => {
  const now = useNowStore();
  const status = shallowRef<FileStatus>({ opened: null, refused: null });
  /** A file is shown: nothing is watched, and nothing can be added or changed. */
  const isOpen = computed(() => status.value.opened !== null);
  let stopListening: (() => void) | null = null;

  function take(next: FileStatus): void {
    status.value = next;
    now.standAt(next.opened?.lastMs ?? null);
  }

  async function connect(): Promise<void> {
    stopListening ??= listen('file.changed', take, (refused) => {
      status.value = { ...status.value, refused };
    });
    try {
      take(await request('file.status', undefined));
    } catch (thrown) {
      status.value = { ...status.value, refused: failureOf(thrown, 'file.status') };
    }
  }

  function disconnect(): void {
    stopListening?.();
    stopListening = null;
  }

  /** Asks the person which file to open. */
  async function open(): Promise<void> {
    try {
      await request('file.open', { file: null });
    } catch (thrown) {
      status.value = { ...status.value, refused: failureOf(thrown, 'file.open') };
    }
  }

  /** Takes a refusal off the screen; a file that is open stays open. */
  async function dismiss(): Promise<void> {
    if (status.value.opened === null) await close();
    else status.value = { ...status.value, refused: null };
  }

  /** Closes the file, and goes back to watching. */
  async function close(): Promise<void> {
    try {
      await request('file.close', undefined);
    } catch (thrown) {
      status.value = { ...status.value, refused: failureOf(thrown, 'file.close') };
    }
  }

  return { status, isOpen, connect, disconnect, open, close, dismiss };
});
