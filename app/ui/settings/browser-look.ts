/** As far as it says what it is. */
type Browser = { browser: string | null; system: string | null };

export const nameOf = ({ browser, system }: Browser) =>
  [browser, system].filter(Boolean).join(" · ") || null;

export const iconOf = ({ system }: Browser) =>
  system === "Android" || system === "iOS" ? "icon-smartphone" : "icon-monitor";
