import NextAuth from 'next-auth';
import { authOptions } from '@/lib/web/auth-options';

type Params = { params: Promise<{ nextauth: string[] }> };

/** The rest of next-auth (its own pages, a log that takes anybody's words) has no use here. */
const offered = new Set(['callback', 'csrf', 'error', 'providers', 'session', 'signin', 'signout']);

async function handle(request: Request, context: Params): Promise<Response> {
  const { nextauth } = await context.params;
  if (!offered.has(nextauth[0] ?? '')) return new Response(null, { status: 404 });
  return NextAuth(authOptions())(request, context);
}

export { handle as GET, handle as POST };
