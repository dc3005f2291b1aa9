import { usualMeans } from './session/polling-dependencies';
import { startApp } from './start-app';

startApp(usualMeans);
