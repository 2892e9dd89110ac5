import type { Viewer } from "~/accounts/viewer";
import { startChat } from "~/chats/start.server";
import type { Db } from "~/db/client.server";
import { networkOf } from "~/http/network.server";
import { chatPath, chatsPath } from "~/http/paths";
import { type Limited, rateLimit } from "~/http/rate-limits.server";
import { safeRedirect } from "~/http/safe-redirect";
import { environment } from "~/operations/environment.server";
import { log } from "~/operations/log.server";
import type { SignInClaims } from "./claims.server";
import { type HostKeys, hostKeys } from "./host-keys.server";
import { findSignedIn, signInFromHost } from "./sign-in.server";
import { type NotVerified, verifySignIn } from "./verify.server";

export type SsoRefusal =
  | NotVerified["refused"]
  | "used"
  | "suspended"
  | "staff"
  | "nameless"
  | "limited";

export type SsoAnswer =
  | { path: string; headers?: Headers }
  | ({ refused: SsoRefusal; claim?: string } & Partial<Limited>);

type Asked = { token: string; redirectTo: string | null; address: string };

/**
 * What becomes of somebody who came with a sign-in link of the host.
 *
 * @returns null where nothing is set up to sign in so
 */
export async function answerSso(
  db: Db,
  request: Request,
  { token, redirectTo, address }: Asked,
): Promise<SsoAnswer | null> {
  const { ssoIssuer: issuer, publicUrl } = environment();
  const keys = configuredKeys();
  if (!issuer || !keys.algorithms.length) return null;
  const audiences = ["parley", ...(publicUrl ? [publicUrl.origin] : [])];
  const verified = await verifySignIn(token, keys, { issuer, audiences });
  if ("refused" in verified) return refuse(db, address, verified);

  const { claims } = verified;
  const wanted = { ...claims, redirectTo: claims.redirectTo ?? redirectTo ?? undefined };
  const signedIn = await signInFromHost(db, request, claims);
  if ("viewer" in signedIn) {
    return { path: await pathFor(db, request, signedIn.viewer, wanted), headers: signedIn.headers };
  }
  const viewer = signedIn.refused === "used" && (await findSignedIn(db, request, claims));
  if (viewer) return { path: await pathFor(db, request, viewer, wanted) };
  log.info({ reason: signedIn.refused }, "sign-in from the host refused");
  return signedIn;
}

/**
 * Counts what the host did not sign. What it did sign is let in even so: a whole office may share an
 * address with somebody who tries.
 */
async function refuse(db: Db, address: string, { refused, why }: NotVerified): Promise<SsoAnswer> {
  const level = refused === "unreachable" ? "warn" : "info";
  log[level]({ reason: refused, why }, "sign-in from the host refused");
  if (refused !== "wrong") return { refused, ...(refused === "claims" && { claim: why }) };
  const points = environment().limitSignInFailuresPer15Minutes;
  const limit = rateLimit(db, { name: "sso", points, seconds: 15 * 60 });
  const limited = await limit.count(networkOf(address));
  return limited ? { refused: "limited", ...limited } : { refused };
}

/** To the chat about the subject that the link names, where he can have one; else where it says. */
async function pathFor(
  db: Db,
  request: Request,
  viewer: Viewer,
  { subject, redirectTo }: Pick<SignInClaims, "subject" | "redirectTo">,
): Promise<string> {
  const most = environment().limitNewChatsPerHour;
  const started = subject === undefined ? null : await startChat(db, viewer, subject, most);
  if (started && "chatId" in started) return chatPath(started.chatId);
  return safeRedirect(redirectTo, new URL(request.url).origin, chatsPath);
}

let known: { of: string; keys: HostKeys } | undefined;

/** The same as long as the settings are: they hold what was fetched. */
function configuredKeys(): HostKeys {
  const { ssoSecret: secret, ssoJwksUrl: keysUrl } = environment();
  const of = JSON.stringify([secret, keysUrl]);
  if (known?.of !== of) known = { of, keys: hostKeys({ secret, keysUrl }) };
  return known.keys;
}
