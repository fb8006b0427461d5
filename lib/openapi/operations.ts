import type { Operation } from './operation';
import * as accounts from './operations/accounts';
import * as analytics from './operations/analytics';
import * as batches from './operations/batches';
import * as bindings from './operations/bindings';
import * as campaigns from './operations/campaigns';
import * as channels from './operations/channels';
import * as codes from './operations/codes';
import * as description from './operations/description';
import * as designs from './operations/designs';
import * as exportsOf from './operations/exports';
import * as imports from './operations/imports';
import * as quota from './operations/quota';
import * as scans from './operations/scans';
import * as tags from './operations/tags';
import * as webhooks from './operations/webhooks';

/** All that the REST interface offers; a test holds it to the files under app/api/v1. */
export const operations: Operation[] = [
  accounts,
  quota,
  campaigns,
  channels,
  codes,
  tags,
  imports,
  batches,
  analytics,
  designs,
  exportsOf,
  scans,
  webhooks,
  bindings,
  description,
].flatMap((file) => Object.values(file).map((entry) => entry as unknown as Operation));
