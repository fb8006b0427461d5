'use server';

import { refresh } from 'next/cache';
import { unstable_rethrow } from 'next/navigation';
import type { ErrorDto } from '@/lib/errors';
import { unlockShare } from '@/lib/exports/open-share';
import { currentContext } from '@/lib/web/current-context';
import { currentDevice } from '@/lib/web/device';
import { reportError, toErrorDto } from '@/lib/web/report-error';
import { writeSharePass } from '@/lib/web/share-pass';

/** Open to strangers: link and password are the proof. */
export async function unlockShareAction(_before: ErrorDto | null, form: FormData): Promise<ErrorDto | null> {
  const token = String(form.get('token') ?? '');
  try {
    const ctx = await currentContext();
    const { ipAddress } = await currentDevice();
    const pass = await unlockShare(ctx, token, String(form.get('password') ?? ''), ipAddress);
    await writeSharePass(token, pass);
    refresh();
    return null;
  } catch (error) {
    unstable_rethrow(error);
    return toErrorDto(reportError(error, 'share'));
  }
}
