import { connection } from 'next/server';
import { answerLive } from '@/lib/web/health';

export async function GET(): Promise<Response> {
  await connection();
  return answerLive();
}
