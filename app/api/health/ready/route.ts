import { connection } from 'next/server';
import { answerReady } from '@/lib/web/health';

export async function GET(): Promise<Response> {
  await connection();
  return answerReady();
}
