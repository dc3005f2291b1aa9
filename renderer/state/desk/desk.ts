import { defineStore } from 'pinia';
import { computed, shallowRef, watch } from 'vue';
import type { NoticePayload, RequestFailure } from '../../../domain/contract/contract';
import type { DeskSettings, DeskStatus } from '../../../domain/model/desk';
import { failureOf, listen, request } from '../../bridge/heron';
import { useCommand } from '../../bridge/use-command';
import { usePreferencesStore } from '../settings/preferences';
import { playSound } from './play-sound';

/** Plays what the main process asks for, and reports how it went: it has no sound output of its own. */
async function play(sound: NoticePayload<'desk.sound'>): Promise<void> {
  const words = await playSound(sound).then(
    () => null,
    (thrown: unknown) => (thrown instanceof Error ? thrown.message : String(thrown)).slice(0, 300),
  );
  await request('desk.played', { words }).catch(() => undefined);
}

/** Notifications, sounds and closing on this computer, as the main process has them; plays the sounds that it asks for. */
export const useDeskStore = defineStore('desk', () => {
  const preferences = usePreferencesStore();
  const status = shallowRef<DeskStatus | null>(null);
  const connection = shallowRef<RequestFailure | null>(null);
  const setting = useCommand('desk.set');
  const muting = useCommand('desk.mute');
  const testingNotification = useCommand('desk.testNotification');
  const testingSound = useCommand('desk.testSound');
  const answering = useCommand('desk.answerClose');
  const seeing = useCommand('desk.awaySeen');
  let stops: (() => void)[] = [];

  async function connect(): Promise<void> {
    disconnect();
    const onUnreadable = (failure: RequestFailure): void => void (connection.value = failure);
    stops = [
      listen('desk.changed', (changed) => (status.value = changed), onUnreadable),
      listen('desk.sound', (sound) => void play(sound), onUnreadable),
      watch(
        () => preferences.name,
        (name) => void request('desk.setPerson', { name }).catch(() => undefined),
        { immediate: true },
      ),
    ];
    try {
      status.value = await request('desk.status', undefined);
      connection.value = null;
    } catch (thrown) {
      connection.value = failureOf(thrown, 'desk.status');
    }
  }

  function disconnect(): void {
    for (const stop of stops) stop();
    stops = [];
  }

  async function set(change: Partial<DeskSettings>): Promise<void> {
    status.value = (await setting.run(change)) ?? status.value;
  }

  return {
    status,
    failure: computed(
      () =>
        setting.failure.value ??
        testingNotification.failure.value ??
        testingSound.failure.value ??
        connection.value,
    ),
    isTesting: computed(() => testingNotification.busy.value),
    connect,
    disconnect,
    set,
    mute: async (forMs: number | null) => {
      status.value = (await muting.run({ forMs })) ?? status.value;
    },
    testNotification: () => testingNotification.run(undefined),
    testSound: (severity: 'critical' | 'warning' | 'info') => testingSound.run({ severity }),
    answerClose: (keepsMonitoring: boolean | null) => answering.run({ keepsMonitoring }),
    awaySeen: () => seeing.run(undefined),
  };
});
