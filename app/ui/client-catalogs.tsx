import type { ClientLoaderFunctionArgs } from "@remix-run/react";
import { type ReactNode, useSyncExternalStore } from "react";
import { type Catalog, type I18n, LanguageProvider, type Locale, makeI18n } from "./i18n";

const everywhere = import.meta.glob<Catalog>("./locales/*.json", { import: "default" });
const apart = import.meta.glob<Catalog>("./locales/*/*.json", { import: "default" });
/** Sentences that not every page says; `answers` are what only a server says to a form. */
const areas = [
  "answers",
  "closed",
  "moderation",
  "outside",
  "pictures",
  "refusal",
  "reports",
] as const;
type Area = (typeof areas)[number];

type Apart = { area: Area };

const catalog: Catalog = {};
const listeners = new Set<() => void>();
/** How long, in ms, until what could not be loaded is asked for again. */
const patience = 5_000;
/** Whether a page wanted to say what was not there: it is made again when all has come. */
let isMissing = false;
let current: I18n | undefined;

/** As the server wrote the page. */
const locale = () => document.documentElement.lang as Locale;

function make(): I18n {
  return makeI18n(locale(), catalog, () => {
    if (isMissing) return;
    isMissing = true;
    loadAllSentences().then(sayAgain, () => setTimeout(tryAgain, patience));
  });
}

function tryAgain(): void {
  isMissing = false;
  sayAgain();
}

function sayAgain(): void {
  current = make();
  for (const listener of listeners) listener();
}

/** Loads the sentences that this page says. */
export async function loadSentences(): Promise<void> {
  const modules = Object.values(window.__remixRouteModules ?? {});
  const said = modules.map((module) => (module?.clientLoader as Partial<Apart> | undefined)?.area);
  await Promise.all([
    add(everywhere[`./locales/${locale()}.json`]),
    ...said.map((area) => area && loadArea(area)),
  ]);
}

/** For a page that says what was not to be foreseen, as the answer to a form may. */
export async function loadAllSentences(): Promise<void> {
  await Promise.all(areas.map(loadArea));
}

function loadArea(area: Area): Promise<void> {
  return add(apart[`./locales/${area}/${locale()}.json`]);
}

async function add(load?: () => Promise<Catalog>): Promise<void> {
  Object.assign(catalog, await load?.());
}

/** What comes, with the sentences that it says. */
export async function withSentences<Result>(area: Area, coming: Promise<Result>): Promise<Result> {
  const [come] = await Promise.all([coming, loadArea(area).catch(() => {})]);
  return come;
}

/**
 * For a route whose page says what others do not, as its `clientLoader`: nobody else's browser loads
 * those sentences.
 */
function saying(area: Area) {
  const clientLoader = ({ serverLoader }: ClientLoaderFunctionArgs) =>
    withSentences(area, serverLoader());
  return Object.assign(clientLoader, { area });
}

/** What only moderators, or those who meet them, read. */
export const withModerationSentences = saying("moderation");
/** Of pages that are no chats: where people arrive, sign in, look around and set things. */
export const withOutsideSentences = saying("outside");
/** Where people report, and read what was decided about what they reported or about themselves. */
export const withReportSentences = saying("reports");

type Props = { timeZone: string; children: ReactNode };

/** The browser's side of what the server wraps a page in. */
export function LoadedLanguage({ timeZone, children }: Props) {
  const i18n = useSyncExternalStore(subscribe, known, known);
  return (
    <LanguageProvider i18n={i18n} timeZone={timeZone}>
      {children}
    </LanguageProvider>
  );
}

const known = () => (current ??= make());

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
