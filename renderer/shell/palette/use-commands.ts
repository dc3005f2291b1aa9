import { computed, type ComputedRef } from 'vue';
import { useRouter, type Router } from 'vue-router';
import { useAckStore } from '../../state/window/acknowledge-dialog';
import { stateWords } from '../../words/states';
import { useFormsStore } from '../../state/window/inventory-forms';
import { usePreferencesStore } from '../../state/settings/preferences';
import { useTimeStore } from '../../state/time/time';
import { useViewStore } from '../../state/fleet/view';
import { themeNames } from '../../state/settings/theme';
import type { Command } from './commands';
import { saveClusters } from './save-clusters';

type CommandInput = Omit<Command, 'health' | 'keys' | 'detail'> & Partial<Command>;

function command(input: CommandInput): Command {
  return { health: null, keys: null, detail: '', ...input };
}

/** All entries of the palette now: the clusters and edges shown, views, actions. */
export function useCommands(): ComputedRef<Command[]> {
  const clusters = useClusterCommands();
  const edges = useEdgeCommands();
  const views = viewCommands(useRouter());
  const actions = useActions();
  const appearance = useAppearanceCommands();
  return computed(() => [...actions.value, ...appearance.value, ...views, ...clusters.value, ...edges.value]);
}

/** Opens each cluster, and acknowledges those with a problem. */
function useClusterCommands(): ComputedRef<Command[]> {
  const view = useViewStore();
  const ack = useAckStore();
  const router = useRouter();
  return computed(() =>
    view.clusters.flatMap((cluster) => {
      const words = stateWords[cluster.health].word;
      const opened = command({
        id: `cluster ${cluster.id}`,
        group: 'Clusters',
        title: cluster.name,
        detail: [cluster.site, words, cluster.clusterIp].filter(Boolean).join(', '),
        health: cluster.health,
        run: () => void router.push({ name: 'cluster', params: { id: cluster.id } }),
      });
      if (!ack.canAsk(cluster.id)) return [opened];
      return [
        opened,
        command({
          id: `acknowledge ${cluster.id}`,
          group: 'Do',
          title: `Acknowledge ${cluster.name}`,
          detail: words,
          keys: 'A',
          run: () => ack.ask(cluster.id),
        }),
      ];
    }),
  );
}

/** Opens each edge. */
function useEdgeCommands(): ComputedRef<Command[]> {
  const view = useViewStore();
  const router = useRouter();
  return computed(() =>
    view.clusters
      .filter(({ kind }) => kind === 'cluster')
      .flatMap((cluster) =>
        cluster.edges.map((edge) =>
          command({
            id: `edge ${edge.id}`,
            group: 'Edges',
            title: edge.name,
            detail: `${cluster.name}, ${stateWords[edge.health].word}, ${edge.proxyIp}`,
            health: edge.health,
            run: () => void router.push({ name: 'edge', params: { cluster: cluster.id, edge: edge.id } }),
          }),
        ),
      ),
  );
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
  return computed(() => [
    ...(time.live
      ? []
      : [command({ id: 'live', group: 'Do', title: 'Go live', keys: 'l', run: () => time.goLive() })]),
    ...(forms.canAsk
      ? [
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
        ]
      : []),
    command({
      id: 'export',
      group: 'Do',
      title: 'Export the clusters',
      detail: 'as CSV, every column',
      run: () => void saveClusters(view.clusters),
    }),
  ]);
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
