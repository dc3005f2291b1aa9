import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { RequestFailure } from '../../../domain/contract/contract';
import type { FileStatus } from '../../../domain/contract/opened-file';
import { listen, request } from '../../bridge/heron';
import { useAction, useCommand } from '../../bridge/use-command';
import { unprovenFromMs as provenEndMs } from '../../words/verification';
import { useNowStore } from '../time/now';

/** The history or incident file that is open instead of monitoring, if one is, and how its verification stands. */
export const useFileStore = defineStore('file', () => {
  const now = useNowStore();
  const published = shallowRef<FileStatus>({ opened: null, refused: null });
  /** The first status has arrived: a file that opens from now on was asked for in this window. */
  const connected = shallowRef(false);
  const unreadable = shallowRef<RequestFailure | null>(null);
  const reading = useAction('file.status', () => request('file.status', undefined));
  const opening = useCommand('file.open');
  const closing = useCommand('file.close');
  const actions = [reading, opening, closing];

  const status = computed<FileStatus>(() => ({
    opened: published.value.opened,
    refused:
      actions.map(({ failure }) => failure.value).find((failure) => failure !== null) ??
      unreadable.value ??
      published.value.refused,
  }));
  /** A file is shown: nothing is monitored, and nothing can be added or changed. */
  const isOpen = computed(() => status.value.opened !== null);
  /** Another Heron records it, and it is shown as it comes. */
  const isFollowed = computed(() => status.value.opened?.followed ?? false);
  /** The moment from which on nothing in the file is proven; null: there is none, or no file is open. */
  const unprovenFromMs = computed(() => {
    const { opened } = status.value;
    return opened === null ? null : provenEndMs(opened.verification);
  });
  let stopListening: (() => void) | null = null;

  function apply(next: FileStatus): void {
    published.value = next;
    unreadable.value = null;
    now.standAt(next.opened === null || next.opened.followed ? null : next.opened.lastMs);
  }

  async function connect(): Promise<void> {
    stopListening ??= listen('file.changed', apply, (failure) => (unreadable.value = failure));
    const first = await reading.run(undefined);
    if (first !== null) apply(first);
    connected.value = true;
  }

  function disconnect(): void {
    stopListening?.();
    stopListening = null;
  }

  /** Asks the person which file to open. */
  async function open(): Promise<void> {
    await opening.run({ file: null });
  }

  /** Closes the file, and goes back to monitoring. */
  async function close(): Promise<void> {
    await closing.run(undefined);
  }

  /** Dismisses a refusal; a file that is open stays open. */
  async function dismiss(): Promise<void> {
    for (const action of actions) action.reset();
    unreadable.value = null;
    if (published.value.opened === null) await close();
    else published.value = { ...published.value, refused: null };
  }

  return { status, isOpen, isFollowed, unprovenFromMs, connected, connect, disconnect, open, close, dismiss };
});
