import 'server-only';
import { hash, verify } from '@node-rs/argon2';

/** argon2id (the package's default) with the least that OWASP names: 19 MiB, two passes, one lane. */
const options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export function hashPassword(password: string): Promise<string> {
  return hash(password, options);
}

let decoy: Promise<string> | undefined;

/**
 * Whether a password fits its hash. Where there is no hash, a decoy is checked all the same: an unknown e-mail takes as
 * long as a wrong password, so the time tells nobody who has an account here.
 */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword('nobody has this password');
  const fits = await verify(passwordHash ?? (await decoy), password);
  return fits && passwordHash !== null;
}
