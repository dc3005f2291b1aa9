import './bridge/no-eval';
import './styles/base.css';
import { createPinia } from 'pinia';
import { createApp } from 'vue';
import App from './shell/App.vue';
import { reloadWithoutScript } from './shell/missing-script';
import { router } from './shell/router';

reloadWithoutScript();
const app = createApp(App).use(createPinia()).use(router);
// Before that the route has no name, and no view.
void router.isReady().then(() => app.mount('#app'));
