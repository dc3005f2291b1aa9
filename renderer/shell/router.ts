import { createRouter, createWebHashHistory } from 'vue-router';

declare module 'vue-router' {
  interface RouteMeta {
    title: string;
    /** The view fills the window, without rail and bars. */
    alone?: boolean;
  }
}

/** The window's routes. Hash history works with any protocol the page is served by, and can be linked to. */
export const router = createRouter({
  history: createWebHashHistory(),
  routes: [
    { path: '/', redirect: '/clusters' },
    {
      path: '/clusters/:id?',
      name: 'clusters',
      component: () => import('../views/clusters/ClustersView.vue'),
      meta: { title: 'Clusters' },
    },
    {
      path: '/cluster/:id',
      name: 'cluster',
      component: () => import('../views/cluster/ClusterPage.vue'),
      meta: { title: 'Clusters' },
    },
    {
      path: '/edges',
      name: 'edges',
      component: () => import('../views/edges/EdgesView.vue'),
      meta: { title: 'Virtual Service Edges' },
    },
    {
      path: '/edge/:cluster/:edge',
      name: 'edge',
      component: () => import('../views/edge/EdgePage.vue'),
      meta: { title: 'Edges' },
    },
    {
      path: '/timeline',
      name: 'timeline',
      component: () => import('../views/timeline/TimelineView.vue'),
      meta: { title: 'Timeline' },
    },
    {
      path: '/alerts',
      name: 'alerts',
      component: () => import('../views/alerts/AlertsView.vue'),
      meta: { title: 'Alerts' },
    },
    {
      path: '/incidents',
      name: 'incidents',
      component: () => import('../views/incidents/IncidentsView.vue'),
      meta: { title: 'Incidents' },
    },
    {
      path: '/incident/:id',
      name: 'incident',
      component: () => import('../views/incidents/IncidentPage.vue'),
      meta: { title: 'Incidents' },
    },
    {
      path: '/compare',
      name: 'compare',
      component: () => import('../views/incidents/CompareView.vue'),
      meta: { title: 'Compare' },
    },
    {
      path: '/events',
      name: 'events',
      component: () => import('../views/events/EventsView.vue'),
      meta: { title: 'Events' },
    },
    {
      path: '/audit',
      name: 'audit',
      component: () => import('../views/audit/AuditView.vue'),
      meta: { title: 'Audit' },
    },
    {
      path: '/wall',
      name: 'wall',
      component: () => import('../views/wall/WallView.vue'),
      meta: { title: 'Wall', alone: true },
    },
    {
      path: '/settings',
      name: 'settings',
      component: () => import('../views/settings/SettingsView.vue'),
      meta: { title: 'Settings' },
    },
    {
      path: '/help',
      name: 'help',
      component: () => import('../views/help/HelpView.vue'),
      meta: { title: 'Help' },
    },
    { path: '/:rest(.*)*', redirect: '/clusters' },
  ],
});

/** Loads the scripts of all views, so that going to one of them does not wait. */
export async function loadViews(): Promise<void> {
  const components = router.getRoutes().map(({ components: views }) => views?.['default']);
  const loads = components.flatMap((view) => (typeof view === 'function' && view.length === 0 ? [view] : []));
  // What cannot be loaded is tried again when somebody goes there.
  await Promise.allSettled(loads.map((load) => (load as () => Promise<unknown>)()));
}
