import 'server-only';
import { buildSketches } from '../analytics/build-sketches';
import { countTouches } from '../analytics/count-touches';
import { clearDeliveriesTask } from '../deliveries/clear-deliveries';
import { deliveryTask } from '../deliveries/deliver-waiting';
import type { BackgroundTask } from './task';

/** All that goes on behind the pages, but for issuing, which has a worker of its own. */
export const backgroundTasks: readonly BackgroundTask[] = [
  deliveryTask(),
  clearDeliveriesTask,
  buildSketches,
  countTouches,
];
