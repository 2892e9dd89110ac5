import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import { acknowledgeSanction, appealSanction } from "~/moderation/people/sanction-appeals.server";
import { imposeSanction } from "~/moderation/people/sanctions.server";

type DemoId = (kind: string, key: string) => string;

/** One who was warned, read it, was suspended for going on, and waits for the answer to his appeal. */
export async function imposeDemoSanctions(tx: Db, demoId: DemoId): Promise<void> {
  const moderator: Viewer = {
    id: demoId("user", "moderator"),
    role: "moderator",
    name: "",
    sessionId: "",
  };
  const person = { id: demoId("user", "bo"), role: "user" } as const;
  const warning = demoId("sanction", "bo-warning");
  const suspension = demoId("sanction", "bo-suspension");
  await imposeSanction(tx, moderator, {
    id: warning,
    userId: person.id,
    kind: "warning",
    reason:
      "You asked two sellers to deal outside of the marketplace. Please do not: whoever pays there has no protection.",
  });
  await acknowledgeSanction(tx, person, warning);
  await imposeSanction(tx, moderator, {
    id: suspension,
    userId: person.id,
    kind: "suspension",
    days: 14,
    reason: "You asked a third seller to deal outside of the marketplace, after you were warned.",
  });
  await appealSanction(tx, person, {
    id: suspension,
    text: "That seller asked me for my number, and I answered before I thought. It will not happen again.",
  });
}
