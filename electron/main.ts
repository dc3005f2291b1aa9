import { systemPolling } from '../monitor/start-monitor';
import { startApp } from './start-app';

startApp(systemPolling);
