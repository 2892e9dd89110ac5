/** What stands where the name of somebody stood who is erased. */
export const erasedName = "Deleted account";

/** Nobody's: `.invalid` is nobody's domain (RFC 2606). */
export const erasedEmail = (userId: string) => `${userId}@erased.invalid`;
