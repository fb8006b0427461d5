import 'server-only';
import { AppError } from '../errors';
import { problemResponse } from './problem';

/** For what no route of the REST interface answers: a problem in JSON, as everywhere else in it. */
export async function refuseUnknownAddress(request: Request): Promise<Response> {
  const response = await problemResponse(new AppError('NOT_FOUND', 'no such address'), request);
  response.headers.set('cache-control', 'no-store');
  return response;
}
