import { type ComponentType, lazy, type ReactNode, useState, useSyncExternalStore } from "react";
import { type Catalog, type I18n, LanguageProvider, type Locale, makeI18n } from "./i18n";

const everywhere = import.meta.glob<Catalog>("./locales/*.json", { import: "default" });
/** Sentences of what may come into any page later. A page's own come with its route. */
const apart = import.meta.glob<Catalog>(
  "./locales/{attention,closed,failures,notices,pictures,push,refusal}/*.json",
  { import: "default" },
);
type Area = "attention" | "closed" | "failures" | "notices" | "pictures" | "push" | "refusal";

/** A route whose page says what others do not, by its `clientLoader`. */
type Saying = { loadSentences: () => Promise<void> };

const catalog: Catalog = {};
const listeners = new Set<() => void>();
/** How long, in ms, until what could not be loaded is asked for again. */
const patience = 5_000;
/** Whether a page wanted to say what was not there: it is made again when all has come. */
let isMissing = false;
let current: I18n | undefined;

/** As the server wrote the page. */
export const locale = () => document.documentElement.lang as Locale;

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
  const saying = modules.map((module) => module?.clientLoader as Partial<Saying> | undefined);
  await Promise.all([
    addSentences(everywhere[`./locales/${locale()}.json`]),
    ...saying.map((loader) => loader?.loadSentences?.()),
  ]);
}

/** For a page that says what was not to be foreseen, as the answer to a form may. */
export async function loadAllSentences(): Promise<void> {
  const { everySentence } = await import("./every-sentence");
  await Promise.all(everySentence(locale()).map(addSentences));
}

function loadArea(area: Area): Promise<void> {
  return addSentences(apart[`./locales/${area}/${locale()}.json`]);
}

export async function addSentences(load?: () => Promise<Catalog>): Promise<void> {
  Object.assign(catalog, await load?.());
}

/** What comes, with the sentences that it says. */
export async function withSentences<Result>(area: Area, coming: Promise<Result>): Promise<Result> {
  const [come] = await Promise.all([coming, loadArea(area).catch(() => {})]);
  return come;
}

/**
 * A part of pages that comes with its sentences when it is first shown. Until it can be loaded there
 * stands what the `Suspense` around it shows instead: an error would take the whole page away.
 */
export function comingApart<Props extends object>(
  area: Area,
  load: () => Promise<{ default: ComponentType<Props> }>,
) {
  const come = async () => {
    const loaded = await withSentences(area, load());
    part.there = loaded.default;
    return loaded;
  };
  const coming = lazy(() => untilLoaded(come)) as unknown as ComponentType<Props>;
  const part: Part<Props> = { coming };
  parts.push({ area, come });
  return (props: Props) => <Apart part={part} given={props} />;
}

type Part<Props> = { there?: ComponentType<Props>; coming: ComponentType<Props> };

/** What is there is shown at once; what was shown stays the same one, with its state. */
function Apart<Props extends object>({ part, given }: { part: Part<Props>; given: Props }) {
  const [Shown] = useState(() => part.there ?? part.coming);
  return <Shown {...given} />;
}

/** What the page shows of such parts, its elements named `data-apart`, and how they are loaded. */
const parts: { area: Area; come: () => Promise<unknown> }[] = [];

/**
 * Loads the parts that the server wrote into the page, before React takes it over: a part that
 * changes before it came would be thrown away and made anew. One that cannot be loaded keeps nobody
 * waiting: React asks for it again and again.
 */
export async function loadShownParts(): Promise<void> {
  const shown = document.querySelectorAll<HTMLElement>("[data-apart]");
  const areas = new Set(Array.from(shown, ({ dataset }) => dataset.apart));
  const loads = parts.filter(({ area }) => areas.has(area)).map(({ come }) => come());
  if (!loads.length) return;
  const tooLong = new Promise((resolve) => setTimeout(resolve, patience));
  await Promise.race([Promise.allSettled(loads), tooLong]);
}

/** Asks again and again, as there may be no network for now. */
export async function untilLoaded<Result>(load: () => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      return await load();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, patience));
    }
  }
}

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
