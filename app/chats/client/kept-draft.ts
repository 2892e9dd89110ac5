/**
 * What somebody types in a chat, kept as long as the tab lives, so that a reload does not take it.
 * Where a browser keeps nothing, nothing is kept.
 */
export function keptDraft(userId: string, chatId: string) {
  const key = `draft ${userId} ${chatId}`;
  return {
    read(): string {
      try {
        return sessionStorage.getItem(key) ?? "";
      } catch {
        return "";
      }
    },
    keep(text: string): void {
      try {
        if (text) sessionStorage.setItem(key, text);
        else sessionStorage.removeItem(key);
      } catch {
        // It is in the field all the same.
      }
    },
  };
}
