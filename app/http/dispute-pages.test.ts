import sharp from "sharp";
import { beforeAll, describe, expect, test } from "vitest";
import { createSession } from "~/accounts/sessions.server";
import type { Viewer } from "~/accounts/viewer";
import { maxUploadBytes } from "~/attachments/intake.server";
import { claimDispute } from "~/moderation/disputes/claim.server";
import { decideDispute } from "~/moderation/disputes/decide.server";
import { db, sql } from "../../test/database";
import { makeChat, makeUser } from "../../test/factories";
import { pagesOf, serveApp } from "../../test/web";

let pages: Awaited<ReturnType<typeof pagesOf>>;
let picture: Uint8Array<ArrayBuffer>;

beforeAll(async () => {
  pages = await pagesOf({
    "routes/chat": { path: "chats/:chatId", module: await import("~/routes/chat") },
    "routes/dispute": { path: "chats/:chatId/dispute", module: await import("~/routes/dispute") },
  });
  const flat = sharp({ create: { width: 60, height: 40, channels: 3, background: "#a33" } });
  picture = new Uint8Array(await flat.jpeg().toBuffer());
});

const claim = {
  intent: "dispute",
  reason: "not_received",
  wish: "refund",
  statement: "The box was empty & light.",
};

type Fields = Record<string, string>;

async function inAChat() {
  const chat = await makeChat(db);
  const uploadBytes = maxUploadBytes({ bytes: 60_000, pictures: 10 });
  const { origin } = await serveApp({ pages, uploadBytes });
  const headersOf = async ({ id }: Pick<Viewer, "id">) => ({
    Origin: origin,
    Accept: "text/html",
    Cookie: `session=${(await createSession(db, id)).token}`,
  });
  async function read(viewer: Viewer) {
    const headers = await headersOf(viewer);
    const page = await fetch(`${origin}/chats/${chat.id}/dispute`, { headers });
    return { status: page.status, html: withoutScripts(await page.text()) };
  }
  async function post(fields: Fields, { as = chat.buyer, files = 0, to = "/dispute" } = {}) {
    const form = files ? new FormData() : new URLSearchParams();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    if (form instanceof FormData) {
      for (let at = 0; at < files; at += 1) form.append("images", new File([picture], "box.jpg"));
    }
    const answer = await fetch(`${origin}/chats/${chat.id}${to}`, {
      method: "POST",
      headers: await headersOf(as),
      body: form,
      redirect: "manual",
    });
    const html = withoutScripts(await answer.text());
    return { status: answer.status, to: answer.headers.get("Location"), html };
  }
  return { chat, read, post };
}

/** What the page's scripts get is not what a person reads. */
const withoutScripts = (html: string) => html.replace(/<script[\s\S]*?<\/script>/g, "");

describe("the page of a dispute, without scripts", () => {
  test("opens one with evidence, which only its opener sees again", async () => {
    const { chat, read, post } = await inAChat();
    expect((await read(chat.buyer)).html).toContain('name="statement"');
    expect(await post(claim, { files: 2 })).toMatchObject({
      status: 303,
      to: `/chats/${chat.id}/dispute`,
    });
    const mine = await read(chat.buyer);
    expect(mine.html).toContain("The box was empty &amp; light.");
    const shown =
      await sql`select id from attachments where dispute_id is not null and chat_id = ${chat.id}`;
    expect(shown).toHaveLength(2);
    for (const { id } of shown) expect(mine.html).toContain(id);
    const theirs = await read(chat.seller);
    expect(theirs.html).toContain("Wants the money back");
    expect(theirs.html).not.toContain("The box was empty");
    for (const { id } of shown) expect(theirs.html).not.toContain(id);
    expect(theirs.html).not.toContain('value="withdraw"');
    expect(mine.html).toContain('value="withdraw"');
  });

  test("says beside each field what is wrong, and keeps what was typed and shown", async () => {
    const { post } = await inAChat();
    const { status, html } = await post({ ...claim, wish: "the moon" }, { files: 1 });
    expect(status).toBe(422);
    expect(html).toContain('id="dispute-wish-error"');
    expect(html).toContain("The box was empty &amp; light.");
    expect(html).toMatch(/<option value="not_received" selected/);
    const kept = /name="kept"[^>]*value="([\da-f-]{36})"/.exec(html)?.[1];
    expect(kept).toBeTruthy();
    expect((await post({ ...claim, kept: kept ?? "" }, { files: 1 })).status).toBe(303);
    const [row] =
      await sql`select dispute_id is not null as taken from attachments where id = ${kept ?? ""}`;
    expect(row?.taken).toBe(true);
  });

  test("refuses an eleventh picture by itself", async () => {
    const { post } = await inAChat();
    const { status, html } = await post(claim, { files: 11 });
    expect(status).toBe(422);
    expect(html.match(/name="kept"/g)).toHaveLength(10);
  });

  test("sent twice it is the same dispute; of the other side it loses no word", async () => {
    const { chat, post } = await inAChat();
    const both = await Promise.all([post(claim), post(claim)]);
    expect(both.map(({ status }) => status)).toEqual([303, 303]);
    const other = await post(
      { ...claim, statement: "He never paid." },
      { as: chat.seller, files: 1 },
    );
    expect(other.status).toBe(422);
    expect(other.html).toContain("He never paid.");
    const [count] = await sql`select count(*)::int as n from disputes where chat_id = ${chat.id}`;
    expect(count?.n).toBe(1);
  });

  test("withdraws, and appeals a decision once", async () => {
    const { chat, read, post } = await inAChat();
    await post(claim);
    expect((await post({ intent: "withdraw" })).status).toBe(303);
    expect((await post({ intent: "withdraw" }, { as: chat.seller })).status).toBe(422);
    await post(claim);
    const moderator = await makeUser(db, { role: "moderator" });
    const [found] = await sql`
      select id from disputes where chat_id = ${chat.id} and status = 'open'`;
    await claimDispute(db, moderator, found?.id);
    await decideDispute(db, moderator, found?.id, { outcome: "buyer", text: "Pay it back." });
    const page = await read(chat.seller);
    expect(page.html).toContain("Pay it back.");
    expect(page.html).toContain('value="appeal"');
    const appeal = { intent: "appeal", statement: "" };
    const empty = await post(appeal, { as: chat.seller });
    expect(empty.html).toContain('id="appeal-statement-error"');
    const whole = { ...appeal, statement: "It did arrive." };
    expect((await post(whole, { as: chat.seller, files: 1 })).status).toBe(303);
    expect((await post(whole)).status).toBe(422);
    expect((await read(chat.buyer)).html).toContain("The decision is appealed");
  });

  test("is there for nobody else", async () => {
    const { read, post } = await inAChat();
    for (const stranger of [await makeUser(db), await makeUser(db, { role: "moderator" })]) {
      expect((await read(stranger)).status).toBe(404);
      expect((await post(claim, { as: stranger })).status).toBe(404);
      expect((await post(claim, { as: stranger, files: 1 })).status).toBe(404);
    }
  });

  test("the chat's own address takes the form, too, and leads back to the chat", async () => {
    const { chat, post } = await inAChat();
    expect(await post(claim, { to: "" })).toMatchObject({ status: 303, to: `/chats/${chat.id}` });
    const [found] = await sql`select status from disputes where chat_id = ${chat.id}`;
    expect(found?.status).toBe("open");
  });
});
