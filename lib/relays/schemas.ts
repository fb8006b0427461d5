import { z } from 'zod';
import { requiredLine } from '../one-line';
import { webAddressSchema } from '../outgoing/web-address';
import { relayModes } from './types';

const word = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[\w.-]{1,64}$/);
const words = z.array(word).max(50);

const fields = {
  name: requiredLine(60),
  url: webAddressSchema,
  mode: z.enum(relayModes),
  /** Left out of a change: stays. */
  token: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9]{3,32}$/)
    .optional(),
  encodingAesKey: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9]{43}$/)
    .optional(),
  takesAll: z.boolean(),
  messageTypes: words,
  events: words,
  scenes: z.array(requiredLine(70)).max(50),
  answers: z.boolean(),
  allowPrivate: z.boolean(),
};

type Whole = {
  url: string;
  mode: string;
  takesAll: boolean;
  allowPrivate: boolean;
  messageTypes: string[];
  events: string[];
  scenes: string[];
};

/** What a relay comes to, whether made or changed. */
function judge(relay: Whole, ctx: z.RefinementCtx): void {
  if (relay.url.toLowerCase().startsWith('http:') && !relay.allowPrivate) {
    ctx.addIssue({ code: 'custom', path: ['url'], params: { code: 'httpsWanted' } });
  }
  const named = relay.messageTypes.length + relay.events.length + relay.scenes.length;
  if (!relay.takesAll && named === 0) {
    ctx.addIssue({ code: 'custom', path: ['events'], params: { code: 'required' } });
  }
}

export const relaySchema = z.strictObject(fields).superRefine(judge);
export type RelayInput = z.input<typeof relaySchema>;
export type RelayChange = z.output<typeof relaySchema>;
