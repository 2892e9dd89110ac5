/**
 * The addresses of moderators' pages, and of files: no page of a chat loads them. Import them from
 * `paths`.
 */

// As in `paths`, which comes after this.
const adminPath = "/admin";
export const adminChatsPath = `${adminPath}/chats`;
export const livePath = `${adminPath}/live`;
export const usersPath = `${adminPath}/users`;
export const casesPath = `${adminPath}/disputes`;
export const flagsPath = `${adminPath}/flags`;
export const templatesPath = `${adminPath}/templates`;
export const newRulePath = `${adminPath}/filters/rules/new`;

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

/** The moderators' page of a flag. */
export function flagPath(flagId: string): string {
  return `${flagsPath}/${encodeURIComponent(flagId)}`;
}

/** The moderators' queue of flags; what is as it is anyway does not stand in the address. */
export function queuePath(asked: {
  filter?: string;
  source?: string;
  kind?: string;
  after?: string;
}): string {
  const isPlain = asked.filter === "waiting";
  return withSearch(flagsPath, { ...asked, filter: isPlain ? undefined : asked.filter });
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

/**
 * The admins' page of what is looked for in messages.
 *
 * @param asked which rules it lists, and of what it shows the hits
 */
export function filtersPath(
  asked: { rules?: string; hits?: string; saved?: string } = {},
  part?: string,
): string {
  const rules = asked.rules === "all" ? undefined : asked.rules;
  return `${withSearch(`${adminPath}/filters`, { ...asked, rules })}${part ? `#${part}` : ""}`;
}

/** How long chats are kept, and what was done about it. */
export function retentionPath(asked: { saved?: string } = {}, part?: string): string {
  return `${withSearch(`${adminPath}/retention`, asked)}${part ? `#${part}` : ""}`;
}

/** Keys of the host, and whose pages may call the API. */
export function integrationsPath(asked: { done?: string } = {}, part?: string): string {
  return `${withSearch(`${adminPath}/integrations`, asked)}${part ? `#${part}` : ""}`;
}

/** Where the host is told what happens. */
export function webhooksPath(asked: { done?: string } = {}): string {
  return withSearch(`${integrationsPath()}/webhooks`, asked);
}

/** One place where it is told, and what it was told: `of` with the attempts of a delivery. */
export function webhookPath(
  endpointId: string,
  asked: { state?: string; before?: string; of?: string; done?: string } = {},
  part?: string,
): string {
  const path = withSearch(`${webhooksPath()}/${encodeURIComponent(endpointId)}`, asked);
  return `${path}${part ? `#${part}` : ""}`;
}

/** Where an admin has a person's account deleted. */
export function erasePath(userId: string): string {
  return `${userPath(userId)}/erase`;
}

/** What holds a chat or a person. */
export function holdsPath(of: { chatId: string } | { userId: string }): string {
  const below = "chatId" in of ? `chats/${of.chatId}` : `users/${of.userId}`;
  return `${retentionPath()}/holds/${below}`;
}

/** The page of one of the admins' own rules. */
export function rulePath(ruleId: string, asked: { samples?: string; done?: string } = {}): string {
  return withSearch(`${adminPath}/filters/rules/${encodeURIComponent(ruleId)}`, asked);
}

/** The audit log, or a file of it, with what was asked of it; empty values do not stand there. */
export function auditPath(asked: Record<string, string | undefined>, below = ""): string {
  return withSearch(`${adminPath}/audit${below}`, asked);
}

/** The transcript of the chat of a case, or the copy of it for one side. */
export function caseTranscriptPath(disputeId: string, format: string, copy?: string): string {
  return withSearch(`${casePath(disputeId)}/transcript`, { format, copy });
}

function withSearch(path: string, asked: Record<string, string | undefined>): string {
  const given = Object.entries(asked).filter((pair): pair is [string, string] => Boolean(pair[1]));
  return given.length ? `${path}?${new URLSearchParams(given)}` : path;
}
