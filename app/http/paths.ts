/** The addresses that the program itself writes into pages and redirects. */

export const homePath = "/";
export const chatsPath = "/chats";
export const listingsPath = "/listings";
export const logoutPath = "/logout";
export const settingsPath = "/settings";
export const sanctionsPath = "/sanctions";
export const adminPath = "/admin";
export const adminChatsPath = `${adminPath}/chats`;
export const livePath = `${adminPath}/live`;
export const usersPath = `${adminPath}/users`;
export const casesPath = `${adminPath}/disputes`;
export const templatesPath = `${adminPath}/templates`;

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

export function attachmentPath(chatId: string, attachmentId: string): string {
  return `${chatPath(chatId)}/attachments/${encodeURIComponent(attachmentId)}`;
}

export function thumbnailPath(chatId: string, attachmentId: string): string {
  return `${attachmentPath(chatId, attachmentId)}/thumbnail`;
}

/**
 * The moderators' page of a dispute.
 *
 * @param place which thread it shows, and where in it
 */
export function casePath(
  disputeId: string,
  { thread, ...place }: { thread?: string; [place: string]: string | number | undefined } = {},
): string {
  const asked = { ...place, thread: thread === "both" ? undefined : thread };
  const texts = Object.entries(asked).map(([name, value]) => [name, value && String(value)]);
  return withSearch(`${casesPath}/${encodeURIComponent(disputeId)}`, Object.fromEntries(texts));
}

/** A chat as moderators find it: what it says is on the page of its case. */
export function adminChatPath(chatId: string): string {
  return `${adminChatsPath}/${encodeURIComponent(chatId)}`;
}

/**
 * A person as moderators see him.
 *
 * @param from the dispute that a sanction comes from
 */
export function userPath(userId: string, from: { dispute?: string } = {}): string {
  return withSearch(`${usersPath}/${encodeURIComponent(userId)}`, from);
}

/** The moderators' list of disputes; what is as it is anyway does not stand in the address. */
export function deskPath(asked: {
  filter?: string;
  sort?: string;
  q?: string;
  after?: string;
}): string {
  const isPlain = asked.filter === "unresolved";
  return withSearch(casesPath, { ...asked, filter: isPlain ? undefined : asked.filter });
}

/** The moderators' list of people. */
export function peoplePath(asked: {
  filter?: string;
  sort?: string;
  q?: string;
  after?: string;
}): string {
  const isPlain = asked.filter === "all";
  return withSearch(usersPath, { ...asked, filter: isPlain ? undefined : asked.filter });
}

/** The chats that moderators find. */
export function foundPath(asked: {
  filter?: string;
  sort?: string;
  in?: string;
  q?: string;
  after?: string;
}): string {
  const { filter, sort, in: within, q, after } = asked;
  return withSearch(adminChatsPath, {
    filter: filter === "all" ? undefined : filter,
    sort: sort === "latest" ? undefined : sort,
    in: within === "about" ? undefined : within,
    q,
    after,
  });
}

/** The audit log, or a file of it, with what was asked of it; empty values do not stand there. */
export function auditPath(asked: Record<string, string | undefined>, below = ""): string {
  return withSearch(`${adminPath}/audit${below}`, asked);
}

/** Where a side of a chat gets its copy of it. */
export function transcriptPath(chatId: string): string {
  return `${chatPath(chatId)}/transcript`;
}

/** That copy as a file. */
export function transcriptFilePath(chatId: string, format: string): string {
  return withSearch(`${transcriptPath(chatId)}/file`, { format });
}

/** The transcript of the chat of a case, or the copy of it for one side. */
export function caseTranscriptPath(disputeId: string, format: string, copy?: string): string {
  return withSearch(`${casePath(disputeId)}/transcript`, { format, copy });
}

function withSearch(path: string, asked: Record<string, string | undefined>): string {
  const given = Object.entries(asked).filter((pair): pair is [string, string] => Boolean(pair[1]));
  return given.length ? `${path}?${new URLSearchParams(given)}` : path;
}

function withRedirect(path: string, redirectTo?: string) {
  return redirectTo && redirectTo !== homePath
    ? `${path}?${new URLSearchParams({ redirectTo })}`
    : path;
}
