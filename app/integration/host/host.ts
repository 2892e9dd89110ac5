/** Who calls as the host marketplace: the key that it showed. */
export type Host = { keyId: string; keyName: string };
