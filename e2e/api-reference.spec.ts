import { expect, test } from "./browsers";
import { inspect } from "./inspect";

type Document = { paths: Record<string, Record<string, { summary?: string }>> };

test("a developer reads the API's reference, and calls it with a token, all from our own origin", async ({
  visit,
}) => {
  const page = await visit();
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.goto("/docs/api");
  const operation = page.locator(".opblock", { hasText: "/chats" }).first();
  await expect(operation).toBeVisible();
  await inspect(page, "api-reference");

  // By keyboard alone.
  await page.getByRole("button", { name: "Authorize" }).focus();
  await page.keyboard.press("Enter");
  const window = page.locator(".modal-ux");
  await expect(window.getByRole("heading", { name: "Available authorizations" })).toBeVisible();
  await inspect(page, "api-reference-authorize");
  const key = page.locator(".auth-container", { hasText: "userToken" }).locator("input");
  await key.focus();
  await page.keyboard.type("no.such.token");
  await page.keyboard.press("Enter");
  await expect(window.getByRole("heading", { name: "Authorized", exact: true })).toBeVisible();
  await inspect(page, "api-reference-authorized");
  await window.getByRole("button", { name: "Close" }).first().focus();
  await page.keyboard.press("Enter");
  await expect(window).toHaveCount(0);
  const read = page.locator(".opblock-get", { hasText: "/chats" }).first();
  await read.locator(".opblock-summary-control").focus();
  await page.keyboard.press("Enter");
  await inspect(page, "api-reference-operation");
  await read.getByRole("button", { name: "Try it out" }).focus();
  await page.keyboard.press("Enter");
  const [call] = await Promise.all([
    page.waitForRequest(/\/api\/v1\/chats/),
    read.getByRole("button", { name: "Execute" }).press("Enter"),
  ]);
  expect(call.headers().authorization).toBe("Bearer no.such.token");
  await expect(read.locator(".live-responses-table")).toContainText("401");
  await inspect(page, "api-reference-answer");
  const own = new URL(page.url()).origin;
  expect(asked.filter((url) => !url.startsWith("data:") && new URL(url).origin !== own)).toEqual(
    [],
  );
});

test("without scripts the reference lists every operation of the document", async ({ visit }) => {
  const page = await visit({ javaScript: false, phone: true });
  const answer = await page.request.get("/api/v1/openapi.json");
  const { paths } = (await answer.json()) as Document;
  await page.goto("/docs/api");
  const wanted = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, { summary }]) =>
      [`${method.toUpperCase()} ${path}`, summary].join(""),
    ),
  );
  expect(wanted.length).toBeGreaterThan(0);
  const listed = await page.locator("h3:has(code + code)").allTextContents();
  expect(listed.sort()).toEqual(wanted.sort());
});

test("where the viewer cannot be loaded the list stays", async ({ visit }) => {
  const page = await visit({ tolerates: /ERR_FAILED/ });
  await page.route(/swagger-ui-bundle/, (route) => route.abort());
  await Promise.all([page.waitForRequest(/swagger-ui-bundle/), page.goto("/docs/api")]);
  await expect(page.locator("h3:has(code + code)").first()).toBeVisible();
  await expect(page.locator(".opblock")).toHaveCount(0);
  await inspect(page, "api-reference-plain");
});
