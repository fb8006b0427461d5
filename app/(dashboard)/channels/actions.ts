'use server';

import { refresh } from 'next/cache';
import { z } from 'zod';
import { archiveChannel } from '@/lib/channels/archive-channel';
import { createChannel } from '@/lib/channels/create-channel';
import { listChannels } from '@/lib/channels/list-channels';
import type { CreateChannelInput, UpdateChannelInput } from '@/lib/channels/schemas';
import { unarchiveChannel } from '@/lib/channels/unarchive-channel';
import { updateChannel } from '@/lib/channels/update-channel';
import { action } from '@/lib/web/action';

const inAccount = z.object({ accountId: z.string() });
const ofChannel = inAccount.extend({ channelId: z.string() });

// The services check `channel` with their own schema, so that its faults name the fields of the form.
export const createChannelAction = action(
  'marketer',
  inAccount.extend({ channel: z.custom<CreateChannelInput>() }),
  (ctx, { accountId, channel }) => createChannel(ctx, accountId, channel),
);

export const updateChannelAction = action(
  'marketer',
  ofChannel.extend({ channel: z.custom<UpdateChannelInput>() }),
  async (ctx, { accountId, channelId, channel }) => {
    const updated = await updateChannel(ctx, accountId, channelId, channel);
    refresh();
    return updated;
  },
);

export const archiveChannelAction = action('marketer', ofChannel, async (ctx, { accountId, channelId }) => {
  await archiveChannel(ctx, accountId, channelId);
  refresh();
});

export const unarchiveChannelAction = action('marketer', ofChannel, async (ctx, { accountId, channelId }) => {
  await unarchiveChannel(ctx, accountId, channelId);
  refresh();
});

/** For pickers: the first 20 whose number, name, city or region holds the text. */
export const searchChannelsAction = action(
  'viewer',
  inAccount.extend({ q: z.string() }),
  async (ctx, { accountId, q }) => {
    const { items } = await listChannels(ctx, accountId, { q: q.slice(0, 200), limit: 20 });
    return items.map(({ id, number, name, city }) => ({ id, number, name, city }));
  },
);
