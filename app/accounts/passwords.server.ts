import { hash, type Options, verify } from "@node-rs/argon2";

/**
 * Argon2id (the library's default) with 19 MiB, two passes and one lane: the OWASP Password
 * Storage Cheat Sheet's recommendation.
 */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } satisfies Options;

/** Of a random password that nobody knows, at the same cost as every other. */
const nobodysHash =
  "$argon2id$v=19$m=19456,t=2,p=1$NeEJ8hKhwMQHy9jU6We/Zg$8cIkI4F3jmZInIXNRGrrs4jQgypqssZaj8EuSRxw5ag";

export function hashPassword(password: string): Promise<string> {
  return hash(normalise(password), cost);
}

/**
 * Does the same work for an account that does not exist (`null`), so that the time says nothing.
 *
 * @returns false for null, whatever the password
 */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  const matches = await verify(stored ?? nobodysHash, normalise(password));
  return matches && stored !== null;
}

/** One password is typed in more than one way on different keyboards (NIST SP 800-63B, 3.1.1.2). */
function normalise(password: string) {
  return password.normalize("NFKC");
}
