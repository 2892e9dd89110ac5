import { ask, NoAnswer } from "./ask";
import type { Submit, Tried } from "./writer";

/** Longer than a send takes when all is well on a busy machine; then another instance is asked. */
const PATIENCE_MS = 6_000;

/** Posts a chat's form as the client does. @param origins of the instances, by their proxies */
export function submitTo(origins: string[], cookie: string): Submit {
  return async (instance, chatId, fields) => {
    try {
      const { status, headers, body } = await ask(origins[instance] ?? "", {
        method: "POST",
        path: `/chats/${chatId}`,
        headers: {
          Cookie: cookie,
          Accept: "application/json",
          "Content-Type": "application/x-www-form-urlencoded",
        },
        body: new URLSearchParams(fields).toString(),
        timeoutMs: PATIENCE_MS,
      });
      return understand(status, Number(headers["retry-after"] ?? 0), body.toString());
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      return { kind: error.mayHaveArrived ? "unknown" : "not-done" };
    }
  };
}

function understand(status: number, retryAfter: number, body: string): Tried {
  if (status === 200) {
    const { sent } = JSON.parse(body) as { sent: { id: string; seq: number } | null };
    return { kind: "done", message: sent ?? undefined };
  }
  if (status === 303) return { kind: "done" };
  if (status === 429) return { kind: "later", ms: 1_000 * retryAfter };
  // Whatever broke on the way may have broken after the commit.
  return status >= 500 ? { kind: "unknown" } : { kind: "refused", status };
}
