import 'server-only';
import { bindingStep } from '../bindings/bind-scans';
import { replyStep } from '../replies/answer-scans';
import { markStep } from '../tags/mark-scans';
import { webhookStep } from '../webhooks/tell-of-scans';
import { feedStep } from './feed';
import type { GroupStep } from './group-steps';

/** All that goes with recording scans, in order. */
export const groupSteps: readonly GroupStep[] = [bindingStep, feedStep, replyStep, markStep, webhookStep];
