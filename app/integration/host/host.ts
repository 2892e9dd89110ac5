/** The host marketplace as it calls the API: by one of its keys, whose scopes were checked by then. */
export type Host = { keyId: string; keyName: string };

/** The host among those who act. */
export const isHost = (actor: object | string): actor is Host =>
  typeof actor === "object" && "keyId" in actor;

/** Who says what a signed sign-in link says of somebody: the host, without a key. */
export const signInLink: Host = { keyId: "sso", keyName: "Sign-in link" };
