import { type Scope, type WindowClient, windowsOf } from "./scope";

/** Leads to where a notification points: to a page that is open there, else in one of ours. */
export async function open(scope: Scope, path: string): Promise<void> {
  const windows = await windowsOf(scope);
  const there = windows.find(({ url }) => pathOf(url) === pathOf(new URL(path, url).href));
  // One that stands at the right place of its page already need not go there.
  if (there && !/[?#]/.test(path) && (await isFocused(there))) return;
  // Nothing is lost there: what is typed into a chat is kept.
  const spare = there ?? windows.find(({ url }) => /^\/(chats|notifications)\b/.test(pathOf(url)));
  const opened = spare && (await lead(spare, path));
  if (!opened) await scope.clients.openWindow(path);
}

/** It may be closed in this very moment. */
async function isFocused(client: WindowClient): Promise<boolean> {
  try {
    await client.focus();
    return true;
  } catch {
    return false;
  }
}

/** @returns whether it went: not every browser lets a worker lead pages from before it came */
async function lead(client: WindowClient, path: string): Promise<boolean> {
  try {
    await (await client.focus()).navigate(path);
    return true;
  } catch {
    return false;
  }
}

const pathOf = (url: string) => new URL(url).pathname;
