import { z } from 'zod';
import { requiredLine } from '../one-line';
import { webAddressSchema } from '../outgoing/web-address';
import { readSceneRule } from './format';
import { relayModes } from './types';

const word = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[\w.-]{1,64}$/);
const words = z.array(word).max(50);
const sceneRule = requiredLine(70).superRefine((text, ctx) => {
  const rule = readSceneRule(text);
  if (rule.kind === 'fault') ctx.addIssue({ code: 'custom', params: { code: rule.fault } });
});
/** Letters and digits, as WeChat's console takes them. */
const secret = (pattern: RegExp, code: string) =>
  z
    .string()
    .trim()
    .refine((text) => pattern.test(text), { params: { code } })
    .optional();

const fields = {
  name: requiredLine(60),
  url: webAddressSchema,
  mode: z.enum(relayModes),
  /** Left out of a change: stays. */
  token: secret(/^[A-Za-z0-9]{3,32}$/, 'token'),
  encodingAesKey: secret(/^[A-Za-z0-9]{43}$/, 'encodingAesKey'),
  takesAll: z.boolean(),
  messageTypes: words,
  events: words,
  scenes: z.array(sceneRule).max(50),
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
    ctx.addIssue({ code: 'custom', path: ['events'], params: { code: 'relayTakesNothing' } });
  }
}

export const relaySchema = z.strictObject(fields).superRefine(judge);
export type RelayInput = z.input<typeof relaySchema>;
export type RelayChange = z.output<typeof relaySchema>;
