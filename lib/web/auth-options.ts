import 'server-only';
import type { AuthOptions } from 'next-auth';
import CredentialsProvider from 'next-auth/providers/credentials';
import type { OAuthConfig } from 'next-auth/providers/oauth';
import { env } from '../env';
import { AppError } from '../errors';
import { log } from '../log';
import { endSession, resolveSession, SESSION_LIFETIME_SECONDS } from '../people/sessions';
import { type OidcClaims, OidcRefusedError, signInWithOidc, signInWithPassword } from '../people/sign-in';
import { signInWithLink } from '../people/sign-in-with-link';
import { contextFor, systemContext } from '../runtime';
import { currentDevice } from './device';
import { authSecret, sessionCookie } from './session-cookie';

/**
 * next-auth as this app uses it. Credentials allow tokens only, so the token carries a session's id and the row decides;
 * the pages of app/(auth) call the same services and write the same cookie, so that they work without scripts.
 */
export function authOptions(): AuthOptions {
  // next-auth takes its own address from nowhere else; Host headers are not believed.
  process.env.NEXTAUTH_URL = env().PUBLIC_URL;
  return {
    secret: authSecret(),
    useSecureCookies: env().PUBLIC_URL.startsWith('https://'),
    cookies: { sessionToken: sessionCookie() },
    session: { strategy: 'jwt', maxAge: SESSION_LIFETIME_SECONDS },
    pages: { signIn: '/sign-in', error: '/sign-in', signOut: '/' },
    providers: [passwordProvider(), linkProvider(), ...oidcProvider()],
    callbacks: {
      async signIn({ user, account, profile }) {
        if (account?.provider !== 'oidc') return true;
        // An error's message becomes `?error=` of the sign-in page.
        user.sessionId = (
          await signInWithOidc(await systemContext('oidc'), profile as OidcClaims, await currentDevice())
        ).sessionId;
        return true;
      },
      async jwt({ token, user }) {
        if (user) return { sid: user.sessionId };
        const { actor } = await resolveSession(await systemContext('session'), token.sid ?? '');
        // next-auth answers with no session and takes the cookie away.
        if (actor.kind !== 'user') throw new Error('the session has ended');
        return { sid: token.sid };
      },
      async session({ session, token }) {
        const { actor, email } = await resolveSession(await systemContext('session'), token.sid ?? '');
        const user = actor.kind === 'user' ? { name: actor.name, email } : undefined;
        return { expires: session.expires, user };
      },
    },
    events: {
      async signOut({ token }) {
        const { actor } = await resolveSession(await systemContext('session'), token.sid ?? '');
        if (actor.kind === 'user') await endSession(await contextFor(actor), actor.sessionId);
      },
    },
    logger: {
      error: (code, details) =>
        log().info({ where: 'next-auth', code, cause: messageOf(details) }, 'refused'),
      warn: (code) => log().warn({ where: 'next-auth', code }, 'warning'),
      debug: () => undefined,
    },
  };
}

function passwordProvider() {
  return CredentialsProvider({
    id: 'password',
    name: 'password',
    credentials: { email: { type: 'email' }, password: { type: 'password' } },
    authorize: (given) =>
      withCode(async () => {
        const ctx = await systemContext('sign-in');
        return signInWithPassword(ctx, given, await currentDevice());
      }),
  });
}

function linkProvider() {
  return CredentialsProvider({
    id: 'link',
    name: 'link',
    credentials: { token: {}, email: {}, name: {}, password: { type: 'password' } },
    authorize: (given) =>
      withCode(async () => {
        const { token = '', ...answer } = given ?? {};
        return signInWithLink(await systemContext('sign-in'), token, answer, await currentDevice());
      }),
  });
}

/** next-auth carries nothing of an error but its message, so that is the code. */
async function withCode(open: () => Promise<{ sessionId: string }>) {
  try {
    const { sessionId } = await open();
    return { id: sessionId, sessionId };
  } catch (error) {
    if (error instanceof AppError) throw new Error(error.code);
    throw error;
  }
}

/** Single sign-on, where the settings name an issuer: OpenID Connect with PKCE, state and nonce. */
function oidcProvider(): OAuthConfig<OidcClaims>[] {
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET } = env();
  if (!OIDC_ISSUER || !OIDC_CLIENT_ID || !OIDC_CLIENT_SECRET) return [];
  return [
    {
      id: 'oidc',
      name: 'OpenID Connect',
      type: 'oauth',
      wellKnown: `${OIDC_ISSUER.replace(/\/+$/, '')}/.well-known/openid-configuration`,
      clientId: OIDC_CLIENT_ID,
      clientSecret: OIDC_CLIENT_SECRET,
      authorization: { params: { scope: 'openid email profile' } },
      idToken: true,
      checks: ['pkce', 'state', 'nonce'],
      userinfo: {
        // Many issuers put the e-mail into userinfo only; openid-client checks that its subject is the token's.
        async request({ client, tokens }) {
          const issued = tokens as typeof tokens & { claims: () => OidcClaims };
          const claims = issued.claims();
          if (claims.email !== undefined || !client.issuer.metadata.userinfo_endpoint) return claims;
          const { email, email_verified } = await client.userinfo<OidcClaims>(issued as never);
          return { ...claims, email, email_verified };
        },
      },
      profile: ({ sub, email }) => ({ id: sub, email }),
    },
  ];
}

function messageOf(details: unknown): string | undefined {
  const error = details instanceof Error ? details : (details as { error?: unknown } | undefined)?.error;
  return error instanceof Error && !(error instanceof OidcRefusedError) ? error.message : undefined;
}
