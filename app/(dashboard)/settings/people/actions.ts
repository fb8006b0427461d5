'use server';

import { refresh } from 'next/cache';
import { disablePerson, enablePerson, removePerson } from '@/lib/people/disable-person';
import { createPersonLink, invitePerson } from '@/lib/people/invite-person';
import {
  invitePersonSchema,
  personIdSchema,
  seesOpenidsSchema,
  sessionIdSchema,
  updateAccessSchema,
} from '@/lib/people/schemas';
import { endSession, endSessionsOf } from '@/lib/people/sessions';
import { setSeesOpenids } from '@/lib/people/set-sees-openids';
import { updateAccess } from '@/lib/people/update-access';
import { action } from '@/lib/web/action';

export const invitePersonAction = action('admin', invitePersonSchema, async (ctx, input) => {
  const invited = await invitePerson(ctx, input);
  refresh();
  return invited;
});

export const createPersonLinkAction = action('admin', personIdSchema, createPersonLink);

export const updateAccessAction = action('admin', updateAccessSchema, async (ctx, input) => {
  const person = await updateAccess(ctx, input);
  refresh();
  return person;
});

export const setSeesOpenidsAction = action('admin', seesOpenidsSchema, async (ctx, input) => {
  const person = await setSeesOpenids(ctx, input);
  refresh();
  return person;
});

export const disablePersonAction = action('admin', personIdSchema, async (ctx, input) => {
  await disablePerson(ctx, input);
  refresh();
});

export const enablePersonAction = action('admin', personIdSchema, async (ctx, input) => {
  await enablePerson(ctx, input);
  refresh();
});

export const removePersonAction = action('admin', personIdSchema, removePerson);

export const endPersonSessionAction = action('admin', sessionIdSchema, async (ctx, { sessionId }) => {
  await endSession(ctx, sessionId);
  refresh();
});

export const endPersonSessionsAction = action('admin', personIdSchema, async (ctx, { personId }) => {
  const count = await endSessionsOf(ctx, personId);
  refresh();
  return count;
});
