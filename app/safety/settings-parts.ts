/** Which settings stand in one form. */
export const settingsParts = {
  contact: ["email", "phone", "link", "handle", "payment"],
  abuse: ["profanity", "slur", "threat", "scam", "bulk", "new_account"],
  lists: ["allowedDomains", "phoneCountries"],
} as const;

export type SettingsPart = keyof typeof settingsParts;
