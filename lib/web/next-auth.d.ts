import 'next-auth';
import 'next-auth/jwt';

declare module 'next-auth' {
  interface User {
    /** Set by whoever opened the session: the password, the link, single sign-on. */
    sessionId?: string;
  }
}

declare module 'next-auth/jwt' {
  interface JWT {
    /** Id of the row in `sessions`. */
    sid?: string;
  }
}
