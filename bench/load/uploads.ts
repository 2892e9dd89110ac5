import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { cookies } from "./http-transport.ts";
import type { Chat } from "./plan.ts";

/** Buyers who send one photo after the other, each in a chat of his own. */
export type UploadPlan = { origin: string; chats: Chat[]; photo: string };

/** Times from a request's first byte to its answer, in ms. */
export type UploadResult = { times: number[]; seconds: number };

/**
 * Sends until it is told to stop, and then what is under way to its end.
 *
 * @throws when a photo is not taken
 */
export async function upload(plan: UploadPlan, stopped: Promise<unknown>): Promise<UploadResult> {
  const photo = readFileSync(plan.photo);
  const agent = new Agent({ keepAlive: true });
  const times: number[] = [];
  const since = performance.now();
  let isOver = false;
  void stopped.then(() => {
    isOver = true;
  });
  const send = async (chat: Chat) => {
    while (!isOver) {
      const before = performance.now();
      await sendPhoto(plan.origin, chat, photo, agent);
      times.push(performance.now() - before);
    }
  };
  await Promise.all(plan.chats.map(send));
  agent.destroy();
  return { times, seconds: (performance.now() - since) / 1000 };
}

async function sendPhoto(origin: string, chat: Chat, photo: Buffer, agent: Agent): Promise<void> {
  const boundary = randomUUID();
  const fields = { intent: "send", clientId: randomUUID(), body: "", replyTo: "" };
  const head = Object.entries(fields).map(([name, value]) => part(boundary, name, value));
  head.push(
    `--${boundary}\r\nContent-Disposition: form-data; name="images"; filename="IMG_0001.JPG"\r\nContent-Type: image/jpeg\r\n\r\n`,
  );
  const pieces = [Buffer.from(head.join("")), photo, Buffer.from(`\r\n--${boundary}--\r\n`)];
  const outgoing = request(`${origin}/chats/${chat.id}`, {
    method: "POST",
    agent,
    headers: {
      Origin: origin,
      Cookie: cookies(chat.buyer),
      Accept: "application/json",
      "Content-Type": `multipart/form-data; boundary=${boundary}`,
      "Content-Length": pieces.reduce((sum, { length }) => sum + length, 0),
    },
  });
  for (const piece of pieces) outgoing.write(piece);
  outgoing.end();
  const [answer] = await once(outgoing, "response");
  let text = "";
  for await (const chunk of answer) text += chunk;
  if (answer.statusCode !== 200)
    throw new Error(`A photo was answered with ${answer.statusCode}: ${text}`);
}

function part(boundary: string, name: string, value: string): string {
  return `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
}
