import { createRouter, createWebHashHistory } from 'vue-router';
import AlertsView from '../views/alerts/AlertsView.vue';
import AuditView from '../views/audit/AuditView.vue';
import ClusterPage from '../views/cluster/ClusterPage.vue';
import ClustersView from '../views/clusters/ClustersView.vue';
import EdgePage from '../views/edge/EdgePage.vue';
import EdgesView from '../views/edges/EdgesView.vue';
import EventsView from '../views/events/EventsView.vue';
import HelpView from '../views/help/HelpView.vue';
import CompareView from '../views/incidents/CompareView.vue';
import IncidentPage from '../views/incidents/IncidentPage.vue';
import IncidentsView from '../views/incidents/IncidentsView.vue';
import SettingsView from '../views/settings/SettingsView.vue';
import TimelineView from '../views/timeline/TimelineView.vue';
import WallView from '../views/wall/WallView.vue';

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
    { path: '/clusters/:id?', name: 'clusters', component: ClustersView, meta: { title: 'Clusters' } },
    { path: '/cluster/:id', name: 'cluster', component: ClusterPage, meta: { title: 'Clusters' } },
    { path: '/edges', name: 'edges', component: EdgesView, meta: { title: 'Virtual Service Edges' } },
    {
      path: '/edge/:cluster/:edge',
      name: 'edge',
      component: EdgePage,
      meta: { title: 'Edges' },
    },
    { path: '/timeline', name: 'timeline', component: TimelineView, meta: { title: 'Timeline' } },
    { path: '/alerts', name: 'alerts', component: AlertsView, meta: { title: 'Alerts' } },
    { path: '/incidents', name: 'incidents', component: IncidentsView, meta: { title: 'Incidents' } },
    { path: '/incident/:id', name: 'incident', component: IncidentPage, meta: { title: 'Incidents' } },
    { path: '/compare', name: 'compare', component: CompareView, meta: { title: 'Compare' } },
    { path: '/events', name: 'events', component: EventsView, meta: { title: 'Events' } },
    { path: '/audit', name: 'audit', component: AuditView, meta: { title: 'Audit' } },
    { path: '/wall', name: 'wall', component: WallView, meta: { title: 'Wall', alone: true } },
    { path: '/settings', name: 'settings', component: SettingsView, meta: { title: 'Settings' } },
    { path: '/help', name: 'help', component: HelpView, meta: { title: 'Help' } },
    { path: '/:rest(.*)*', redirect: '/clusters' },
  ],
});
