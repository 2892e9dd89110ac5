/** The addresses that the program itself writes into pages and redirects. */

export * from "./admin-paths";

export const homePath = "/";
/** Where one is led who deleted his account. */
export const accountDeletedPath = "/?account=deleted";
export const chatsPath = "/chats";
export const listingsPath = "/listings";
export const logoutPath = "/logout";
export const settingsPath = "/settings";
export const ownDataPath = "/settings/data";
export const deleteAccountPath = "/settings/delete";
export const sanctionsPath = "/sanctions";
export const notificationsPath = "/notifications";
export const reportsPath = "/reports";
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

/** Where a participant says for how long he is not to be called for a chat. */
export function mutePath(chatId: string): string {
  return `${chatPath(chatId)}/mute`;
}

/** Where one ends mails of a kind without signing in. */
export function unsubscribePath(token: string): string {
  return `/mail/unsubscribe/${encodeURIComponent(token)}`;
}

/** Where one gets what was gathered of one's own data. */
export function ownDataFilePath(id: string): string {
  return `${ownDataPath}/${encodeURIComponent(id)}`;
}

/** @param after where the page before ended */
export function ownReportsPath(after: string): string {
  return `${reportsPath}?${new URLSearchParams({ after })}`;
}

/** Where open pages ask whether a message of a chat may call its reader. */
export function callingPath(chatId: string): string {
  return `${notificationsPath}/calling?${new URLSearchParams({ chat: chatId })}`;
}

/** @param after where the page before ended */
export function moreNotificationsPath(after: string): string {
  return `${notificationsPath}?${new URLSearchParams({ after })}`;
}

/** Where one side of a chat reports what the other wrote or, without a place, the other himself. */
export function reportPath(chatId: string, at: { seq?: number; picture?: string } = {}): string {
  const path = `${chatPath(chatId)}/report`;
  if (at.picture) return `${path}?picture=${encodeURIComponent(at.picture)}`;
  return at.seq ? `${path}?seq=${at.seq}` : path;
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
