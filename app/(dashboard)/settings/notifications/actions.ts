'use server';

import { refresh } from 'next/cache';
import { createSender, removeSender, updateSender } from '@/lib/notifications/save-sender';
import { saveSenderSchema, senderIdSchema, updateSenderSchema } from '@/lib/notifications/schemas';
import { testSender } from '@/lib/notifications/test-sender';
import { action } from '@/lib/web/action';

export const createSenderAction = action('admin', saveSenderSchema, async (ctx, input) => {
  const sender = await createSender(ctx, input);
  refresh();
  return sender;
});

export const updateSenderAction = action('admin', updateSenderSchema, async (ctx, { senderId, sender }) => {
  await updateSender(ctx, senderId, sender);
  refresh();
});

export const removeSenderAction = action('admin', senderIdSchema, async (ctx, { senderId }) => {
  await removeSender(ctx, senderId);
  refresh();
});

export const testSenderAction = action('admin', senderIdSchema, async (ctx, { senderId }) => {
  const outcome = await testSender(ctx, senderId);
  refresh();
  return outcome;
});
