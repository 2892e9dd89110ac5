import bowser from "bowser";

/** What a person knows a device of his by; null where the browser does not say, or nothing known. */
export type Browser = { browser: string | null; system: string | null };

/** No browser says more; what is longer is not worth the parser's time. */
const maxLength = 512;

const browsers = new Set(Object.values(bowser.BROWSER_MAP));
const systems = new Set(Object.values(bowser.OS_MAP));

/** Which browser a request says that it comes from, on which system: names to be shown, no proof. */
export function browserOf(request: Request): Browser {
  const agent = request.headers.get("User-Agent")?.slice(0, maxLength);
  if (!agent) return { browser: null, system: null };
  const { browser, os } = bowser.parse(agent);
  return { browser: known(browsers, browser.name), system: known(systems, os.name) };
}

/** A header can say anything, and what it says is shown. */
const known = (names: Set<string>, name: string | undefined) =>
  name && names.has(name) ? name : null;
