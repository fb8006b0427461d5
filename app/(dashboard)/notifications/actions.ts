'use server';

import { refresh } from 'next/cache';
import { z } from 'zod';
import { getNotification } from '@/lib/notifications/list-notifications';
import { markAllNotificationsRead, markNotificationRead } from '@/lib/notifications/mark-read';
import { notificationIdSchema } from '@/lib/notifications/schemas';
import { action } from '@/lib/web/action';
import { rememberAccount } from '@/lib/web/current-account';

export const markReadAction = action('viewer', notificationIdSchema, async (ctx, { notificationId }) => {
  await markNotificationRead(ctx, notificationId);
  refresh();
});

export const markAllReadAction = action('viewer', z.object({}), async (ctx) => {
  await markAllNotificationsRead(ctx);
  refresh();
});

/** Reads a notification and turns to its account. @returns the page where it is decided */
export const openNotificationAction = action(
  'viewer',
  notificationIdSchema,
  async (ctx, { notificationId }) => {
    const { account, href } = await getNotification(ctx, notificationId);
    await markNotificationRead(ctx, notificationId);
    if (account) await rememberAccount(account.id);
    return { href };
  },
);
