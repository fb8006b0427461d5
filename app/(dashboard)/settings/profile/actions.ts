'use server';

import { refresh } from 'next/cache';
import { z } from 'zod';
import { selectLocaleAction } from '@/app/select-locale-action';
import { changePassword, updateProfile } from '@/lib/people/profile';
import { changePasswordSchema, sessionIdSchema, updateProfileSchema } from '@/lib/people/schemas';
import { endOtherSessions, endSession } from '@/lib/people/sessions';
import { action } from '@/lib/web/action';
import { currentDevice } from '@/lib/web/device';
import { writeSessionCookie } from '@/lib/web/session-cookie';

export const updateProfileAction = action('viewer', updateProfileSchema, async (ctx, input) => {
  await updateProfile(ctx, input);
  if (input.locale) await selectLocaleAction(input.locale);
  refresh();
});

export const changePasswordAction = action('viewer', changePasswordSchema, async (ctx, input) => {
  await writeSessionCookie(await changePassword(ctx, input, await currentDevice()));
});

export const endOwnSessionAction = action('viewer', sessionIdSchema, async (ctx, { sessionId }) => {
  await endSession(ctx, sessionId);
  refresh();
});

export const endOtherSessionsAction = action('viewer', z.object({}), async (ctx) => {
  const count = await endOtherSessions(ctx);
  refresh();
  return count;
});
