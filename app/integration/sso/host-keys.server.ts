import { createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey } from "jose";
import { readAtMost } from "./read-at-most.server";

/** The host's keys could not be had: whether a link is right nobody knows now. */
export class HostUnreachable extends Error {
  override name = "HostUnreachable";
}

/** Which key a token is checked with, and which algorithms are known at all. */
export type HostKeys = { algorithms: string[]; keyOf: JWTVerifyGetKey };

type Given = { secret?: string | undefined; keysUrl?: string | undefined };
type Timing = { timeoutMs: number; pauseMs: number; freshMs: number };

const publicKeyAlgorithms = ["RS256", "ES256", "EdDSA"];
/** A set has a handful of keys, of less than 2 kB each. */
const mostBytes = 128 * 1024;
/**
 * An unknown key is looked for at most every half a minute, so that made-up ones do not make us ask the
 * host again and again; a key that the host took back is believed for ten minutes at most.
 */
const standard: Timing = { timeoutMs: 3_000, pauseMs: 30_000, freshMs: 600_000 };

/**
 * The algorithm that a token names leads to one source: the secret is never tried as a public key, nor a
 * public key as a secret.
 */
export function hostKeys({ secret, keysUrl }: Given, timing = standard): HostKeys {
  const shared = secret === undefined ? undefined : new TextEncoder().encode(secret);
  const published = keysUrl === undefined ? undefined : publishedKeys(new URL(keysUrl), timing);
  return {
    algorithms: [...(shared ? ["HS256"] : []), ...(published ? publicKeyAlgorithms : [])],
    async keyOf(header, token) {
      const key = header.alg === "HS256" ? shared : await published?.(header, token);
      if (!key) throw new errors.JOSEAlgNotAllowed("There is no key for this algorithm");
      return key;
    },
  };
}

function publishedKeys(url: URL, { timeoutMs, pauseMs, freshMs }: Timing): JWTVerifyGetKey {
  const keys = createRemoteJWKSet(url, {
    timeoutDuration: timeoutMs,
    cooldownDuration: pauseMs,
    cacheMaxAge: freshMs,
    [customFetch]: async (...asked: Parameters<typeof fetch>) =>
      readAtMost(mostBytes, await fetch(...asked)),
  });
  return async (header, token) => {
    try {
      return await keys(header, token);
    } catch (error) {
      if (isAboutToken(error)) throw error;
      throw new HostUnreachable(`The host's keys could not be read: ${causeOf(error)}`);
    }
  };
}

const isAboutToken = (error: unknown) =>
  error instanceof errors.JWKSNoMatchingKey ||
  error instanceof errors.JWKSMultipleMatchingKeys ||
  error instanceof errors.JOSENotSupported;

/** In a word, without the address: it may hold a password. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  const { code } = (error.cause ?? error) as { code?: unknown };
  return typeof code === "string" ? code : error.name;
}
