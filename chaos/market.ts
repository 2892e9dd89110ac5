import { sessionCookie } from "~/accounts/session-cookie.server";
import { createSession } from "~/accounts/sessions.server";
import { startChat } from "~/chats/start.server";
import type { Db } from "~/db/client.server";
import { makeSubject, makeUser } from "../test/factories";

export type Person = { id: string; name: string; cookie: string; chatIds: string[] };

/** Two buyers, each with a chat with each of two sellers: everybody is in two of the four chats. */
export async function makeMarket(db: Db) {
  const sellers = [await makeUser(db, { name: "Sara" }), await makeUser(db, { name: "Sam" })];
  const buyers = [await makeUser(db, { name: "Bea" }), await makeUser(db, { name: "Ben" })];
  const chatIds = new Map([...sellers, ...buyers].map(({ id }): [string, string[]] => [id, []]));
  for (const seller of sellers) {
    for (const buyer of buyers) {
      const started = await startChat(db, buyer, (await makeSubject(db, seller)).reference);
      if (!started || !("chatId" in started)) throw new Error("No chat was started");
      for (const { id } of [seller, buyer]) chatIds.get(id)?.push(started.chatId);
    }
  }
  return Promise.all(
    [...sellers, ...buyers].map(async ({ id, name }): Promise<Person> => {
      const { token } = await createSession(db, id);
      const [cookie = ""] = sessionCookie(token).split(";");
      return { id, name, cookie, chatIds: chatIds.get(id) ?? [] };
    }),
  );
}
