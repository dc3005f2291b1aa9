import { systemPolling } from '../../monitor/start-monitor';
import { startApp } from '../start-app';
import { filesOfDevServer } from './dev-server-files';

/*
 * The app as `npm run dev` starts it: the page comes from Vite's server, which replaces changed modules in it. Not part of
 * any package.
 */
startApp(systemPolling, filesOfDevServer(process.env['HERON_DEV_SERVER'] ?? ''));
