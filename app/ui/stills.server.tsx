import { createElement, Fragment } from "react";
import { renderToString } from "react-dom/server";
import { type Language, LanguageScope } from "./i18n";
import type { Still } from "./stills";

/** Characters of markup in one of the two halves of what is kept. */
const most = 8_000_000;

/** A text with this in it is escaped, so that it stands only between two of them. */
const end = "still-end";

/**
 * Markup of stills by their keys, for all pages of this process. What nobody asked for since the
 * newer half became full goes.
 */
export function makeStills(mostKept = most) {
  let newer = new Map<string, string>();
  let older = new Map<string, string>();
  let kept = 0;

  function keep(key: string, html: string): void {
    newer.set(key, html);
    kept += key.length + html.length;
    if (kept < mostKept) return;
    older = newer;
    newer = new Map();
    kept = 0;
  }

  function find(key: string): string | undefined {
    const known = newer.get(key);
    if (known !== undefined) return known;
    const before = older.get(key);
    if (before !== undefined) keep(key, before);
    return before;
  }

  /** @returns the markup of all of them, one behind the other */
  return function renderStills(stills: Still[], language: Language): string {
    const found = stills.map(({ key }) => find(key));
    const missing = stills.filter((_, at) => found[at] === undefined);
    if (!missing.length) return found.join("");
    const made = renderAll(missing, language);
    missing.forEach(({ key }, at) => {
      keep(key, made[at] ?? "");
    });
    let next = 0;
    return found.map((html) => html ?? made[next++]).join("");
  };
}

export const renderStills = makeStills();

/** All at once, because React takes long to begin. */
function renderAll(stills: Still[], language: Language): string[] {
  const pieces = stills.map(({ make }, at) =>
    createElement(Fragment, { key: at }, make(), createElement(end)),
  );
  const whole = createElement(LanguageScope, { value: language }, pieces);
  return renderToString(whole).split(`<${end}></${end}>`);
}
