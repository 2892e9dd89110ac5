/** What a key may do: each operation for hosts asks for one of these. */
export const scopes = {
  "users:read": "See people that came from the host",
  "users:write": "Create, change and erase people, and make tokens for them",
  "subjects:read": "See listings and orders with their stages",
  "subjects:write": "Create and change subjects and their stages",
  "chats:read": "See chats and what is written in them",
  "chats:write": "Start and close chats, and write system messages",
  "disputes:write": "Open and resolve disputes",
  "transcripts:read": "Export chats as evidence",
  "webhooks:write": "See and change where events are sent",
} as const;

export type Scope = keyof typeof scopes;

export const scopeNames = Object.keys(scopes) as [Scope, ...Scope[]];
