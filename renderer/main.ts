import './bridge/no-eval';
import './styles/base.css';
import { createPinia } from 'pinia';
import { createApp } from 'vue';
import App from './shell/App.vue';
import { router } from './shell/router';

createApp(App).use(createPinia()).use(router).mount('#app');
