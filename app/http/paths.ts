/** The addresses that the program itself writes into pages and redirects. */

export * from "./admin-paths";

export const homePath = "/";
export const chatsPath = "/chats";
export const listingsPath = "/listings";
export const logoutPath = "/logout";
export const settingsPath = "/settings";
export const sanctionsPath = "/sanctions";
export const adminPath = "/admin";

/** @param redirectTo where to go after signing in: a path on this origin */
export function loginPath(redirectTo?: string): string {
  return withRedirect("/login", redirectTo);
}

export function joinPath(redirectTo?: string): string {
  return withRedirect("/join", redirectTo);
}

export function listingPath(reference: string): string {
  return `${listingsPath}/${encodeURIComponent(reference)}`;
}

export function chatPath(chatId: string, place: { around?: number } = {}): string {
  const path = `${chatsPath}/${encodeURIComponent(chatId)}`;
  return place.around === undefined ? path : `${path}?around=${place.around}`;
}

/** Where a side opens a dispute, and sees how it stands. */
export function disputePath(chatId: string): string {
  return `${chatPath(chatId)}/dispute`;
}

/** Where a side is asked whether he means to block the other. */
export function blockPath(chatId: string): string {
  return `${chatPath(chatId)}/block`;
}

/** Where a side reports the other, or something in the chat. */
export function reportPath(chatId: string): string {
  return `${chatPath(chatId)}/report`;
}

export function attachmentPath(chatId: string, attachmentId: string): string {
  return `${chatPath(chatId)}/attachments/${encodeURIComponent(attachmentId)}`;
}

export function thumbnailPath(chatId: string, attachmentId: string): string {
  return `${attachmentPath(chatId, attachmentId)}/thumbnail`;
}

/** Where a side of a chat gets its copy of it. */
export function transcriptPath(chatId: string): string {
  return `${chatPath(chatId)}/transcript`;
}

/** That copy as a file. */
export function transcriptFilePath(chatId: string, format: string): string {
  return `${transcriptPath(chatId)}/file?${new URLSearchParams({ format })}`;
}

function withRedirect(path: string, redirectTo?: string) {
  return redirectTo && redirectTo !== homePath
    ? `${path}?${new URLSearchParams({ redirectTo })}`
    : path;
}

/** Whether a page stands at an address or below it. */
export const isWithin = (pathname: string, path: string) =>
  pathname === path || pathname.startsWith(`${path}/`);
