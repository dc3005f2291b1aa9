import { createRouter, createWebHashHistory } from 'vue-router';
import AuditView from './audit/AuditView.vue';
import ClusterPage from './cluster/ClusterPage.vue';
import ClustersView from './clusters/ClustersView.vue';
import EdgesView from './edges/EdgesView.vue';
import EventsView from './events/EventsView.vue';
import HelpView from './help/HelpView.vue';
import CompareView from './incidents/CompareView.vue';
import IncidentPage from './incidents/IncidentPage.vue';
import IncidentsView from './incidents/IncidentsView.vue';
import SettingsView from './settings/SettingsView.vue';
import TimelineView from './timeline/TimelineView.vue';
import WallView from './wall/WallView.vue';

declare module 'vue-router' {
  interface RouteMeta {
    title: string;
    /** The view has the whole window, without rail and bars. */
    alone?: boolean;
  }
}

/** The places in the window. Hash history: it needs nothing of the protocol the page came by, and can be linked to. */
export const router = createRouter({
  history: createWebHashHistory(),
  routes: [
    { path: '/', redirect: '/clusters' },
    { path: '/clusters/:id?', name: 'clusters', component: ClustersView, meta: { title: 'Clusters' } },
    { path: '/cluster/:id', name: 'cluster', component: ClusterPage, meta: { title: 'Clusters' } },
    { path: '/edges', name: 'edges', component: EdgesView, meta: { title: 'Virtual Service Edges' } },
    { path: '/timeline', name: 'timeline', component: TimelineView, meta: { title: 'Timeline' } },
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
