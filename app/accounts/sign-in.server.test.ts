import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { rateLimits, users } from "~/db/schema";
import { db } from "../../test/database";
import { join, joinForm } from "./join.server";
import { hashPassword, verifyPassword } from "./passwords.server";
import { signIn } from "./sign-in.server";
import { signInLimits } from "./sign-in-limits.server";

const password = "correct horse battery";
let passwordHash: string;
beforeAll(async () => {
  passwordHash = await hashPassword(password);
});

const newEmail = () => `${randomUUID()}@example.test`;
const newAddress = () => `203.0.113.${Math.floor(Math.random() * 250)}-${randomUUID()}`;

async function makeAccount() {
  const email = newEmail();
  const [user] = await db
    .insert(users)
    .values({ email, name: "Someone", passwordHash })
    .returning({ id: users.id });
  return { email, id: user?.id };
}

test("the right password signs in", async () => {
  const { email, id } = await makeAccount();
  expect(await signIn(db, { email, password, address: newAddress() })).toEqual({ userId: id });
});

test("an unknown account and a wrong password look the same and cost the same", async () => {
  const { email } = await makeAccount();
  const verified: { cost: string; answer: boolean }[] = [];
  const verify: typeof verifyPassword = async (stored, given) => {
    const answer = await verifyPassword(stored, given);
    verified.push({ cost: (stored ?? "none").split("$", 4).join("$"), answer });
    return answer;
  };
  const wrong = { password: "something else", address: newAddress() };
  const known = await signIn(db, { email, ...wrong }, { verify });
  const unknown = await signIn(db, { email: newEmail(), ...wrong }, { verify });
  expect(known).toEqual({ refused: "wrong" });
  expect(unknown).toEqual(known);
  expect(verified.map(({ answer }) => answer)).toEqual([false, false]);
});

test("nobody's hash costs what every hash costs", async () => {
  const source = await import("./passwords.server?raw");
  const [nobodys = ""] = /\$argon2id\$[^$]+\$[^$]+\$/.exec(source.default) ?? [];
  const costOf = (hash: string) => hash.split("$").slice(1, 4).join("$");
  expect(costOf(nobodys)).toBe(costOf(passwordHash));
});

test("a password is the same however the keyboard composed it", async () => {
  const hash = await hashPassword("caf\u00e9 au lait");
  expect(await verifyPassword(hash, "cafe\u0301 au lait")).toBe(true);
  expect(await verifyPassword(null, "cafe\u0301 au lait")).toBe(false);
});

test("ten failures close an account for every address, and say when it opens", async () => {
  const { email } = await makeAccount();
  const attempt = (given: string) => signIn(db, { email, password: given, address: newAddress() });
  for (let failures = 0; failures < 10; failures++) {
    expect(await attempt("wrong wrong")).toEqual({ refused: "wrong" });
  }
  const limited = await attempt(password);
  expect(limited).toMatchObject({ refused: "limited" });
  const { retryAfter } = limited as { retryAfter: number };
  expect(retryAfter).toBeGreaterThan(14 * 60);
  expect(retryAfter).toBeLessThanOrEqual(15 * 60);
});

test("an account that does not exist is closed as one that does", async () => {
  const email = newEmail();
  const attempt = () => signIn(db, { email, password, address: newAddress() });
  for (let failures = 0; failures < 10; failures++) await attempt();
  expect(await attempt()).toMatchObject({ refused: "limited" });
});

test("ten failures close an address for every account, but no other address", async () => {
  const address = newAddress();
  for (let failures = 0; failures < 10; failures++) {
    await signIn(db, { email: newEmail(), password, address });
  }
  const { email, id } = await makeAccount();
  expect(await signIn(db, { email, password, address })).toMatchObject({ refused: "limited" });
  expect(await signIn(db, { email, password, address: newAddress() })).toEqual({ userId: id });
});

test("fifty attempts at once get no more than ten tries", async () => {
  const { email } = await makeAccount();
  let tries = 0;
  const verify = async () => {
    tries += 1;
    return false;
  };
  const attempts = Array.from({ length: 50 }, () =>
    signIn(db, { email, password: "wrong wrong", address: newAddress() }, { verify }),
  );
  const outcomes = await Promise.all(attempts);
  expect(tries).toBe(10);
  expect(outcomes.filter((outcome) => "retryAfter" in outcome)).toHaveLength(40);
});

test("everybody behind one address signs in at once, each to an account and all to one", async () => {
  const address = newAddress();
  const accounts = await Promise.all(Array.from({ length: 20 }, makeAccount));
  const at = (of: typeof accounts) =>
    Promise.all(of.map(({ email }) => signIn(db, { email, password, address })));
  expect(await at(accounts)).toEqual(accounts.map(({ id }) => ({ userId: id })));
  const same = Array.from({ length: 20 }, () => accounts[0] ?? { email: "", id: "" });
  expect(await at(same)).toEqual(same.map(({ id }) => ({ userId: id })));
  // None of them counts afterwards.
  for (const wrong of accounts.slice(0, 9)) {
    const outcome = await signIn(db, { email: wrong.email, password: "wrong wrong", address });
    expect(outcome).toEqual({ refused: "wrong" });
  }
  expect(await at(accounts.slice(0, 1))).toHaveLength(1);
  expect((await at(accounts.slice(0, 1)))[0]).toHaveProperty("userId");
});

test("everybody behind one address joins at once", async () => {
  const address = newAddress();
  const joining = Array.from({ length: 15 }, () =>
    join(db, { email: newEmail(), name: "Someone", password, address }),
  );
  for (const joined of await Promise.all(joining)) expect(joined).toHaveProperty("userId");
});

test("fifty attempts at once from one address, each at another account, get few more than ten tries", async () => {
  const address = newAddress();
  let [tries, underWay, most] = [0, 0, 0];
  const verify = async () => {
    tries += 1;
    underWay += 1;
    most = Math.max(most, underWay);
    await new Promise((resolve) => setImmediate(resolve));
    underWay -= 1;
    return false;
  };
  await Promise.all(
    Array.from({ length: 50 }, () =>
      signIn(db, { email: newEmail(), password: "wrong wrong", address }, { verify }),
    ),
  );
  expect(tries).toBeGreaterThanOrEqual(10);
  expect(tries).toBeLessThanOrEqual(13);
  expect(most).toBeLessThanOrEqual(4);
});

test("the right password among wrong ones at once signs in while there were fewer than ten", async () => {
  const { email, id } = await makeAccount();
  const attempt = (given: string) => signIn(db, { email, password: given, address: newAddress() });
  const given = [...Array<string>(9).fill("wrong wrong"), ...Array<string>(9).fill(password)];
  const outcomes = await Promise.all(given.map(attempt));
  expect(outcomes.slice(0, 9)).toEqual(Array(9).fill({ refused: "wrong" }));
  expect(outcomes.slice(9)).toEqual(Array(9).fill({ userId: id }));
});

test("an attempt that breaks holds nobody up", async () => {
  const { email, id } = await makeAccount();
  const address = newAddress();
  const verify = () => Promise.reject(new Error("No memory"));
  const broken = Array.from({ length: 6 }, () =>
    signIn(db, { email, password, address }, { verify }),
  );
  for (const { status } of await Promise.allSettled(broken)) expect(status).toBe("rejected");
  expect(await signIn(db, { email, password, address })).toEqual({ userId: id });
});

test("signing in any number of times is no failure", async () => {
  const { email, id } = await makeAccount();
  const address = newAddress();
  const verify = async () => true;
  for (let times = 0; times < 12; times++) {
    expect(await signIn(db, { email, password, address }, { verify })).toEqual({ userId: id });
  }
});

test("the window ends by itself, and its row goes", async () => {
  const { email, id } = await makeAccount();
  const limits = signInLimits(db, { points: 1, seconds: 900 });
  const attempt = (given: string) =>
    signIn(db, { email, password: given, address: "198.51.100.9" }, { limits });
  await attempt("wrong wrong");
  expect(await attempt(password)).toMatchObject({ refused: "limited" });
  await db.update(rateLimits).set({ expire: new Date(Date.now() - 1_000) });
  expect(await attempt(password)).toEqual({ userId: id });
  const stale = await db.select().from(rateLimits).where(eq(rateLimits.points, 10));
  expect(stale).toEqual([]);
});

test("joining makes an account that can sign in", async () => {
  const values = joinForm.parse({
    email: `  ${newEmail().toUpperCase()} `,
    name: "  Ame\u0301lie \u{1f469}\u200d\u{1f33e} ",
    password,
  });
  expect(values.name).toBe("Am\u00e9lie \u{1f469}\u200d\u{1f33e}");
  const joined = await join(db, { ...values, address: newAddress() });
  const signedIn = await signIn(db, { email: values.email, password, address: newAddress() });
  expect(signedIn).toEqual(joined);
  expect(joined).toHaveProperty("userId");
});

test("of twenty who join with one e-mail address at once, one gets it", async () => {
  const email = newEmail();
  const outcomes = await Promise.all(
    Array.from({ length: 20 }, () =>
      join(db, { email, name: "Someone", password, address: newAddress() }),
    ),
  );
  expect(outcomes.filter((outcome) => "userId" in outcome)).toHaveLength(1);
  expect(outcomes.filter((outcome) => "refused" in outcome)).toHaveLength(19);
});

test("an address cannot ask for account after account", async () => {
  const { email } = await makeAccount();
  const address = newAddress();
  const limits = signInLimits(db, { points: 2, seconds: 900 });
  const ask = () => join(db, { email, name: "Someone", password, address }, { limits });
  expect(await ask()).toEqual({ refused: "email_taken" });
  expect(await ask()).toEqual({ refused: "email_taken" });
  expect(await ask()).toMatchObject({ refused: "limited" });
});

test.each([
  ["a control character", "Some\u0007one"],
  ["a line break", "Some\none"],
  ["a change of direction", "\u202eenoemoS"],
  ["nothing that shows", "\u200d\u200b"],
  ["nothing at all", "   "],
  ["81 characters", "x".repeat(81)],
])("a name with %s is refused", (_, name) => {
  expect(joinForm.safeParse({ email: newEmail(), name, password }).success).toBe(false);
});

test.each(["short", "123456789"])("the password %j is refused", (given) => {
  const parsed = joinForm.safeParse({ email: newEmail(), name: "Someone", password: given });
  expect(parsed.error?.issues[0]?.message).toBe("accounts.passwordShort");
});
