import { computed, nextTick, type ComputedRef } from 'vue';
import { useRouter, type Router } from 'vue-router';
import { deskTimes } from '../../../domain/model/thresholds';
import { useMaintenanceStore } from '../../state/window/maintenance-dialog';
import { useNoteFormStore } from '../../state/window/note-form';
import { useReportStore } from '../../state/window/report-dialog';
import { useSupportStore } from '../../state/window/support-dialog';
import { useFormsStore } from '../../state/window/inventory-forms';
import { usePreferencesStore } from '../../state/settings/preferences';
import { useDeskStore } from '../../state/desk/desk';
import { useTimeStore } from '../../state/time/time';
import { useViewStore } from '../../state/fleet/view';
import { themeNames } from '../../state/settings/theme';
import { command, type Command } from './commands';
import { useAlertCommands } from './use-alert-commands';
import { useClusterCommands, useEdgeCommands } from './use-cluster-commands';
import { saveClusters } from './save-clusters';

/** All entries of the palette now: the clusters and edges shown, views, actions. */
export function useCommands(): ComputedRef<Command[]> {
  const clusters = useClusterCommands();
  const edges = useEdgeCommands();
  const views = viewCommands(useRouter());
  const actions = useActions();
  const alerts = useAlertCommands();
  const appearance = useAppearanceCommands();
  return computed(() => [
    ...actions.value,
    ...alerts.value,
    ...appearance.value,
    ...views,
    ...clusters.value,
    ...edges.value,
  ]);
}

function viewCommands(router: Router): Command[] {
  return router
    .getRoutes()
    .filter(({ name, path }) => name !== undefined && !path.includes('/:') && path !== '/')
    .concat(router.getRoutes().filter(({ name }) => name === 'clusters'))
    .map(({ name, meta }) =>
      command({
        id: `view ${String(name)}`,
        group: 'Go to',
        title: meta.title ?? String(name),
        keys: name === 'wall' ? 'd k' : name === 'help' ? '?' : null,
        run: () => void router.push({ name: name as string }),
      }),
    );
}

function useActions(): ComputedRef<Command[]> {
  const view = useViewStore();
  const time = useTimeStore();
  const forms = useFormsStore();
  const report = useReportStore();
  const notes = useNoteFormStore();
  const support = useSupportStore();
  const maintenance = useMaintenanceStore();
  const router = useRouter();
  const nowMs = (): number => Math.round(view.atMs);
  return computed(() => [
    ...(time.live
      ? []
      : [command({ id: 'live', group: 'Do', title: 'Go live', keys: 'l', run: () => time.goLive() })]),
    ...addCommands(forms),
    ...maintenanceCommands(maintenance),
    command({
      id: 'report',
      group: 'Do',
      title: 'Report…',
      detail: 'availability, failovers and incidents for a customer',
      run: () => report.askTimeShown(null),
    }),
    command({
      id: 'cut-off',
      group: 'Do',
      title: 'What cut users off last night',
      detail: 'outages since yesterday 18:00',
      run: () => void router.push({ name: 'incidents', query: { cutOff: '1', sinceEvening: '1' } }),
    }),
    command({
      id: 'note',
      group: 'Do',
      title: 'Add a note about this time',
      run: () =>
        notes.ask({
          clusterId: null,
          about: { kind: 'time', fromMs: nowMs(), toMs: nowMs() },
          subject: 'this time',
          edits: null,
        }),
    }),
    command({
      id: 'verify',
      group: 'Do',
      title: 'Verify the history',
      detail: 'seals, signatures and how to check every record',
      run: () => void showProof(router),
    }),
    command({
      id: 'export',
      group: 'Do',
      title: 'Export the clusters',
      detail: 'as CSV, every column',
      run: () => void saveClusters(view.clusters),
    }),
    supportCommand(support),
    ...soundCommands(),
  ]);
}

function soundCommands(): Command[] {
  const desk = useDeskStore();
  if (!desk.status) return [];
  const isMuted = desk.status.mutedUntilMs !== null;
  return [
    command({
      id: 'mute',
      group: 'Do',
      title: isMuted ? 'Unmute sounds' : 'Mute sounds for 10 minutes',
      detail: isMuted ? 'of alerts, on this computer' : 'alerts go on; only this computer is quiet',
      run: () => void desk.mute(isMuted ? null : deskTimes.muteMs),
    }),
  ];
}

function supportCommand(support: ReturnType<typeof useSupportStore>): Command {
  return command({
    id: 'support',
    group: 'Do',
    title: 'Support bundle…',
    detail: 'what a support case needs, shown before it is saved',
    run: () => support.ask(),
  });
}

function addCommands(forms: ReturnType<typeof useFormsStore>): Command[] {
  if (!forms.canAsk) return [];
  return [
    command({
      id: 'add',
      group: 'Do',
      title: 'Add a cluster',
      keys: 'n',
      run: () => forms.ask({ form: 'cluster', id: null }),
    }),
    command({
      id: 'add-edge',
      group: 'Do',
      title: 'Add an edge',
      run: () => forms.ask({ form: 'edge', id: null }),
    }),
    command({
      id: 'add-source',
      group: 'Do',
      title: 'Add a Prometheus source…',
      detail: 'an engine that scrapes the edges in place of Heron’s polls',
      run: () => forms.ask({ form: 'source', name: null }),
    }),
    command({
      id: 'vendor',
      group: 'Do',
      title: 'Import from the vendor…',
      detail: 'clusters and edges as configured there, shown before they are applied',
      run: () => forms.ask({ form: 'vendor', step: 'changes' }),
    }),
  ];
}

function maintenanceCommands(maintenance: ReturnType<typeof useMaintenanceStore>): Command[] {
  const list = command({
    id: 'maintenance',
    group: 'Do',
    title: 'Planned maintenance',
    detail: 'change, end or cancel a window',
    run: () => maintenance.showList(true),
  });
  if (!maintenance.canAsk) return [list];
  const plan = command({
    id: 'plan-maintenance',
    group: 'Do',
    title: 'Plan maintenance',
    detail: 'alerts wait, history goes on',
    run: () => maintenance.plan(),
  });
  return [plan, list];
}

async function showProof(router: Router): Promise<void> {
  await router.push({ name: 'settings' });
  await nextTick();
  document.getElementById('proof-head')?.scrollIntoView();
}

/** Time zone and themes. */
function useAppearanceCommands(): ComputedRef<Command[]> {
  const preferences = usePreferencesStore();
  return computed(() => [
    command({
      id: 'zone',
      group: 'Do',
      title: preferences.zone === 'utc' ? 'Show local times' : 'Show UTC times',
      run: () => (preferences.zone = preferences.zone === 'utc' ? 'local' : 'utc'),
    }),
    ...themeNames
      .filter(({ id }) => id !== preferences.theme)
      .map(({ id, words }) =>
        command({
          id: `theme ${id}`,
          group: 'Do',
          title: `Theme: ${words.toLowerCase()}`,
          run: () => (preferences.theme = id),
        }),
      ),
  ]);
}
