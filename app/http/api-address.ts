/** Where programs call: what they are refused is said in their own form, and no page's rules hold. */
export const isApiAddress = (path: string) => path === "/api" || path.startsWith("/api/");
