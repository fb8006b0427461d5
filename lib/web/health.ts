import 'server-only';
import { checkReadiness } from '../health/check-readiness';
import { systemContext } from '../runtime';

const headers = { 'cache-control': 'no-store' };

/** The process is up and its loop turns; of the database this says nothing, since a restart would not mend that. */
export function answerLive(): Response {
  return Response.json({ status: 'ok', checks: {} }, { headers });
}

/** 200 when requests can be served, else 503. */
export async function answerReady(): Promise<Response> {
  const readiness = await checkReadiness(() => systemContext('health'));
  return Response.json(readiness, { status: readiness.status === 'ok' ? 200 : 503, headers });
}
