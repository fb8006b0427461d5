import 'server-only';
import { randomUUID } from 'node:crypto';
import { recordAudit } from '../audit/record-audit';
import type { Context } from '../context';
import { deleteDeliveriesOf } from '../deliveries/discard-deliveries';
import { appSecret } from '../env';
import { AppError, invalidField } from '../errors';
import { parseInput, requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { seal } from '../secrets';
import { type SaveSenderInput, saveSenderSchema } from './schemas';
import { sealedPlace } from './send-by';
import {
  deleteSenderRow,
  findSender,
  insertSender,
  type SenderColumns,
  updateSenderRow,
} from './sender-store';
import type { SenderDto } from './types';

/** @throws AppError VALIDATION_FAILED */
export async function createSender(ctx: Context, input: unknown): Promise<SenderDto> {
  authorise(ctx, 'admin');
  const wanted = parseInput(saveSenderSchema, input);
  if (wanted.kind !== 'email' && !wanted.address) throw invalidField('address', 'required', 'is required');
  const id = randomUUID();
  return ctx.db.$transaction(async (tx) => {
    const sender = await insertSender(tx, id, { ...nothing, ...toColumns(id, wanted) });
    await recordAudit(ctx, tx, noteOf('create', sender));
    return sender;
  });
}

/**
 * The kind stays as it is.
 *
 * @throws AppError NOT_FOUND, VALIDATION_FAILED
 */
export async function updateSender(ctx: Context, senderId: string, input: unknown): Promise<SenderDto> {
  authorise(ctx, 'admin');
  const id = requireId(senderId, 'notificationSender');
  const wanted = parseInput(saveSenderSchema, input);
  return ctx.db.$transaction(async (tx) => {
    const present = await findSender(tx, id);
    if (!present) throw notFound(id);
    if (present.kind !== wanted.kind) throw invalidField('kind', 'invalid', 'the kind cannot be changed');
    const sender = await updateSenderRow(tx, id, toColumns(id, wanted));
    if (!sender) throw notFound(id);
    await recordAudit(ctx, tx, noteOf('update', sender));
    return sender;
  });
}

/** Takes what still waits for it along. @throws AppError NOT_FOUND */
export async function removeSender(ctx: Context, senderId: string): Promise<void> {
  authorise(ctx, 'admin');
  const id = requireId(senderId, 'notificationSender');
  await ctx.db.$transaction(async (tx) => {
    const present = await findSender(tx, id);
    if (!present || !(await deleteSenderRow(tx, id))) throw notFound(id);
    await deleteDeliveriesOf(tx, id);
    await recordAudit(ctx, tx, {
      action: 'notificationSender.remove',
      target: { kind: 'notificationSender', id, label: present.name },
    });
  });
}

export function notFound(id: string): AppError {
  return new AppError('NOT_FOUND', `no notification sender ${id}`, { what: 'notificationSender' });
}

const nothing = {
  fromAddress: null,
  recipients: [] as string[],
  addressSealed: null,
  secretSealed: null,
  host: null,
  allowPrivate: false,
};

type Given = Pick<SenderColumns, 'kind' | 'name' | 'enabled' | 'kinds' | 'locale'> & Partial<SenderColumns>;

/** What was given; of a robot, what was left out stays out. */
function toColumns(id: string, wanted: SaveSenderInput): Given {
  const { name, enabled, kinds, locale } = wanted;
  const shared = { name, enabled, kinds, locale };
  if (wanted.kind === 'email') {
    const { fromAddress, recipients } = wanted;
    return { ...shared, kind: 'email', fromAddress, recipients: [...new Set(recipients)] };
  }
  const sealed = (column: 'address' | 'secret', text: string) =>
    seal(appSecret(), sealedPlace(id, column), text);
  const { kind, address, secret, allowPrivate } = wanted;
  return {
    ...shared,
    kind,
    allowPrivate,
    ...(address ? { addressSealed: sealed('address', address), host: new URL(address).host } : {}),
    ...(secret === null ? { secretSealed: null } : {}),
    ...(secret ? { secretSealed: sealed('secret', secret) } : {}),
  };
}

function noteOf(verb: 'create' | 'update', { id, name, kind, enabled, kinds, host, recipients }: SenderDto) {
  return {
    action: `notificationSender.${verb}`,
    target: { kind: 'notificationSender', id, label: name },
    details: { kind, enabled, kinds, host, recipients: recipients.length },
  };
}
