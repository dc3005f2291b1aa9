import { programTask } from './command-arguments';

// A checkout runs its commands in plain Node (`npm run heron`). Only what is needed is loaded.
const task = process.defaultApp ? null : programTask(process.argv);
if (task !== null) await (await import('./run-task')).runTask(task);
else {
  const [{ systemPolling }, { startApp }] = await Promise.all([
    import('../monitor/start-monitor'),
    import('./start-app'),
  ]);
  startApp(systemPolling);
}
