import { expect, test } from "vitest";
import { browserOf } from "./browser.server";

const from = (agent: string) =>
  browserOf(new Request("http://localhost/", { headers: { "User-Agent": agent } }));

test("browsers and their systems are known by their names", () => {
  const webKit = "AppleWebKit/605.1.15 (KHTML, like Gecko)";
  expect(
    from(
      `Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) ${webKit} Version/17.5 Mobile/15E148 Safari/604.1`,
    ),
  ).toEqual({ browser: "Safari", system: "iOS" });
  expect(from("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")).toEqual({
    browser: "Firefox",
    system: "Linux",
  });
});

test("what calls itself anything else is shown as nothing", () => {
  for (const agent of ["", "Your bank/1.0", "<script>alert(1)</script>", "x".repeat(100_000)]) {
    expect(from(agent)).toEqual({ browser: null, system: null });
  }
});
