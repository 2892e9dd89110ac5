import { expect, test, vi } from "vitest";
import { serveApi } from "~test/api";
import { db } from "~test/database";
import { type Described, described, faultOf } from "~test/fuzz/described";
import { type Asked, assemble, type Case, casesOf } from "~test/fuzz/hostile";
import { makeWorld, partsOf } from "~test/fuzz/world";
import { seededRandom } from "~test/sending";
import { send } from "~test/web";

// Read when the operations are: what is looked for lies behind the limits.
vi.hoisted(() => {
  for (const limit of [
    "API_CALLS_PER_MINUTE",
    "SENDS_PER_SECOND",
    "SEND_BURST",
    "SENDS_PER_MINUTE",
  ])
    process.env[`LIMIT_${limit}`] = "10000";
  for (const limit of ["NEW_CHATS", "DISPUTES", "TRANSCRIPTS", "UPLOADS"])
    process.env[`LIMIT_${limit}_PER_HOUR`] = "10000";
});

/** Another one finds other things: `FUZZ_SEED=7 npx vitest run fuzz`. */
const seed = Number(process.env.FUZZ_SEED ?? 1);
/** Of an operation: of those whom the document names, who get past the door, and of everybody else. */
const [callsOfMeant, callsOfOthers] = [75, 10];

/** For some hundred calls on a machine that does other things as well. In ms. */
const patience = 120_000;

/** Operations that were answered as they are meant to be. */
const answered = new Set<string>();

for (const operation of described) {
  test(
    `${operation.id} answers whatever it is asked as the document says`,
    async () => {
      expect(await fuzz(operation)).toEqual([]);
    },
    patience,
  );
}

test("every operation of the document was called and answered", () => {
  const missing = described.filter(({ id }) => !answered.has(id)).map(({ id }) => id);
  expect(missing).toEqual([]);
});

test("an address refuses the methods that it does not take, and says which it does", async () => {
  const { origin } = await serveApi();
  const { callers } = await makeWorld(db, origin);
  for (const path of new Set(described.map((one) => one.path))) {
    const known = described.filter((one) => one.path === path).map(({ method }) => method);
    const place = path.replace(/\{\w+\}/g, "1");
    for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE"]) {
      if (known.includes(method)) continue;
      const asked = { method, path: place, query: "", headers: {} };
      const { status, headers, body } = await call(origin, asked, callers["the buyer by token"]);
      expect([path, method, status, headers["content-type"]]).toEqual([
        path,
        method,
        405,
        "application/problem+json",
      ]);
      expect(body.type).toBe("urn:parley:problem:method-not-allowed");
      expect(String(headers.allow).split(", ").toSorted()).toEqual(known.toSorted());
    }
  }
});

/** @returns what went wrong, with all that it takes to see it again */
async function fuzz(operation: Described): Promise<string[]> {
  const { origin } = await serveApi();
  const { random, oneOf } = seededRandom(seed);
  const faults: string[] = [];
  const first = await makeWorld(db, origin);
  const callers = Object.keys(first.callers);
  const meant = callers.filter((caller) => isMeant(operation, caller));
  const all = casesOf(operation);
  const calls = [
    ...callers.map((caller) => ({ caller, one: valid })),
    ...sample(all, callsOfMeant, random).map((one) => ({ caller: oneOf(meant), one })),
    ...sample(all, callsOfOthers, random).map((one) => ({ caller: oneOf(callers), one })),
    // Whatever came before, it still does what it is for.
    ...meant.map((caller) => ({ caller, one: valid })),
  ];
  let world = first;
  let changed = 0;
  for (const { caller, one } of calls) {
    const asked = one.ask(operation, await partsOf(operation, world));
    const answer = await call(origin, asked, world.callers[caller]);
    const fault = faultOf(operation, answer);
    if (fault) {
      const said = JSON.stringify(answer.body).slice(0, 300);
      faults.push(`seed ${seed}: ${caller}, ${one.title}: ${answer.status}: ${fault}: ${said}`);
    }
    if (answer.status >= 300) continue;
    answered.add(operation.id);
    if (operation.method === "DELETE" || operation.method === "PATCH") changed++;
    if (changed < oftenEnough) continue;
    world = await makeWorld(db, origin);
    changed = 0;
  }
  return faults;
}

/** What was changed or deleted is called for again, too, before there is something new to call about. */
const oftenEnough = 4;
const valid: Case = { title: "as it has to be", ask: assemble };

function isMeant({ security }: Described, caller: string): boolean {
  const scheme = caller.includes("key") ? "apiKey" : "session";
  return (
    caller !== "nobody" && caller !== "a key with no scope" && security.some((one) => scheme in one)
  );
}

/** Some of them, in their order. */
function sample<Item>(items: Item[], most: number, random: () => number): Item[] {
  const chosen = items.map((item, at) => ({ item, at, by: random() }));
  const first = chosen.toSorted((one, other) => one.by - other.by).slice(0, most);
  return first.toSorted((one, other) => one.at - other.at).map(({ item }) => item);
}

async function call(origin: string, asked: Asked, headers: Record<string, string> = {}) {
  const { method, path, query, body } = asked;
  const length = body === undefined ? {} : { "Content-Length": String(Buffer.byteLength(body)) };
  const answer = await send(`${origin}/api/v1${path}${query && `?${query}`}`, {
    method,
    body,
    headers: { ...headers, ...length, ...asked.headers },
  });
  const isJson = String(answer.headers["content-type"]).includes("json") && answer.body !== "";
  return { ...answer, body: isJson ? JSON.parse(answer.body) : answer.body };
}
