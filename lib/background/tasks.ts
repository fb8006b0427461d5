import 'server-only';
import { buildSketches } from '../analytics/build-sketches';
import { countTouches } from '../analytics/count-touches';
import { tellFinishedBatchesTask } from '../batches/tell-finished-batches';
import { clearBindingCodes } from '../bindings/clear-codes';
import { tellExpiringCodesTask } from '../codes/tell-expiring-codes';
import { clearDeliveriesTask } from '../deliveries/clear-deliveries';
import { deliveryTask } from '../deliveries/deliver-waiting';
import { clearExports } from '../exports/clear-exports';
import { workOnExports } from '../exports/work-on-exports';
import { clearNotificationsTask } from '../notifications/clear-notifications';
import { watchThresholdsTask } from '../quota/watch-thresholds';
import { clearAnswersTask } from '../relays/clear-answers';
import { dayTotalsTask, lookUpTask, recountTask, retentionTask } from '../scans/background';
import { markFollowersTask } from '../tags/mark-followers';
import type { BackgroundTask } from './task';

/** All that goes on behind the pages, but for issuing, which has a worker of its own. */
export const backgroundTasks: readonly BackgroundTask[] = [
  deliveryTask(),
  clearDeliveriesTask,
  clearAnswersTask,
  clearNotificationsTask,
  tellFinishedBatchesTask,
  tellExpiringCodesTask,
  watchThresholdsTask,
  buildSketches,
  countTouches,
  workOnExports,
  clearExports,
  clearBindingCodes,
  markFollowersTask(),
  recountTask,
  lookUpTask,
  retentionTask,
  dayTotalsTask,
];
