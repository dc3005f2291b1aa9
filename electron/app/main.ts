import { usualMeans } from './polling-means';
import { startApp } from './start-app';

startApp(usualMeans);
