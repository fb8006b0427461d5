'use server';

import { refresh } from 'next/cache';
import { z } from 'zod';
import { createRelay } from '@/lib/relays/create-relay';
import { deleteRelay } from '@/lib/relays/delete-relay';
import { repeatRelayDelivery } from '@/lib/relays/list-relay-deliveries';
import type { RelayInput } from '@/lib/relays/schemas';
import { testRelay } from '@/lib/relays/test-relay';
import { switchRelay, updateRelay } from '@/lib/relays/update-relay';
import { action } from '@/lib/web/action';

const ofAccount = z.object({ accountId: z.string() });
const ofRelay = ofAccount.extend({ relayId: z.string() });
const relay = z.custom<RelayInput>();

// The services check `relay` with their own schema, so that its faults name the fields of the form.

export const createRelayAction = action(
  'admin',
  ofAccount.extend({ relay }),
  async (ctx, { accountId, relay }) => {
    const made = await createRelay(ctx, accountId, relay);
    refresh();
    return made;
  },
);

export const updateRelayAction = action(
  'admin',
  ofRelay.extend({ relay }),
  async (ctx, { accountId, relayId, relay }) => {
    const updated = await updateRelay(ctx, accountId, relayId, relay);
    refresh();
    return updated;
  },
);

export const switchRelayAction = action(
  'admin',
  ofRelay.extend({ enabled: z.boolean() }),
  async (ctx, { accountId, relayId, enabled }) => {
    const switched = await switchRelay(ctx, accountId, relayId, enabled);
    refresh();
    return switched;
  },
);

export const deleteRelayAction = action('admin', ofRelay, async (ctx, { accountId, relayId }) => {
  await deleteRelay(ctx, accountId, relayId);
  refresh();
});

export const testRelayAction = action('admin', ofRelay, (ctx, { accountId, relayId }) =>
  testRelay(ctx, accountId, relayId),
);

export const repeatRelayDeliveryAction = action(
  'admin',
  ofRelay.extend({ deliveryId: z.string() }),
  async (ctx, { accountId, relayId, deliveryId }) => {
    const delivery = await repeatRelayDelivery(ctx, accountId, relayId, deliveryId);
    refresh();
    return delivery;
  },
);
