import { Fragment } from "react";
import { renderToString } from "react-dom/server";
import { expect, test } from "vitest";
import { i18nOf } from "./catalogs.server";
import { formatFor } from "./format";
import { type Language, useT } from "./i18n";
import type { Still } from "./stills";
import { makeStills as makeAny } from "./stills.server";

const i18n = i18nOf("en");
const language: Language = { key: "en UTC", i18n, t: i18n.t, format: formatFor("en", "UTC") };

function makeStills(most?: number) {
  const render = makeAny(most);
  return (stills: Still[]) => render(stills, language);
}

function still(text: string, made: string[] = []): Still {
  const make = () => {
    made.push(text);
    return (
      <p title={text}>
        {text} and {text.length}
      </p>
    );
  };
  return { id: text, key: text, make };
}

test("the markup is what React makes of all of them in one page", () => {
  const stills = ["one", "two <still-end></still-end>", "three & 'four'"].map((text) =>
    still(text),
  );
  const whole = renderToString(
    <div>
      {stills.map(({ id, make }) => (
        <Fragment key={id}>{make()}</Fragment>
      ))}
    </div>,
  );
  expect(`<div>${makeStills()(stills)}</div>`).toBe(whole);
});

test("what is known is not made again, wherever it stands", () => {
  const render = makeStills();
  const made: string[] = [];
  const first = render([still("a", made), still("b", made), still("c", made)]);
  const second = render([still("c", made), still("d", made), still("a", made)]);
  expect(made).toEqual(["a", "b", "c", "d"]);
  expect(second).toBe(render([still("c"), still("d"), still("a")]));
  expect(first).toContain('<p title="b">');
});

test("what nobody asks for goes, what is asked for stays", () => {
  const render = makeStills(400);
  const made: string[] = [];
  for (let at = 0; at < 50; at++) render([still("stays", made), still(`${at} passes`, made)]);
  expect(made.filter((text) => text === "stays")).toHaveLength(1);
  render([still("0 passes", made)]);
  expect(made.filter((text) => text === "0 passes")).toHaveLength(2);
});

function Name() {
  return <b>{useT()("app.name")}</b>;
}

test("a piece says its sentences in the language of its page", () => {
  expect(makeStills()([{ id: 1, key: "name", make: () => <Name /> }])).toBe("<b>Parley</b>");
});
