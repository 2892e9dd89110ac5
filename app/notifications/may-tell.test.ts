import { expect, test } from "vitest";
import { notificationKinds } from "~/db/schema";
import { alwaysMailed, type Choices, choiceKinds, defaultChoices } from "./choices";
import { mayTell } from "./may-tell";

const now = new Date("2026-03-10T12:00:00Z");
const kinds = choiceKinds;
const ways = ["push", "mail", "toast", "sound"] as const;

const nothing: Choices = {
  ...defaultChoices,
  byKind: {
    message: { push: false, mail: false },
    case: { push: false, mail: false },
    sanction: { push: false, mail: false },
    removal: { push: false, mail: false },
    report: { push: false, mail: false },
    sign_in: { push: false, mail: false },
  },
};
const everything: Choices = {
  ...defaultChoices,
  hasSound: true,
  byKind: { ...defaultChoices.byKind, report: { push: true, mail: true } },
};
/** From 22:00 to 07:00 in Berlin. */
const quiet = { from: 22 * 60, to: 7 * 60, timeZone: "Europe/Berlin" };

test("who chose all is told of all at once", () => {
  for (const kind of kinds) {
    for (const channel of ways) expect(mayTell(everything, { kind, channel, now })).toBe("now");
  }
});

test("who chose nothing has no push, no sound, and mail of what is decided about him alone", () => {
  for (const kind of kinds) {
    expect(mayTell(nothing, { kind, channel: "push", now })).toBe("never");
    expect(mayTell(nothing, { kind, channel: "sound", now })).toBe("never");
    const mail = alwaysMailed.includes(kind) ? "now" : "never";
    expect(mayTell(nothing, { kind, channel: "mail", now })).toBe(mail);
  }
});

test("that webhooks do not arrive, admins are told whatever they chose", () => {
  const asked = { kind: "webhook", now } as const;
  expect(mayTell(nothing, { ...asked, channel: "push" })).toBe("now");
  expect(mayTell(nothing, { ...asked, channel: "mail" })).toBe("now");
  expect(mayTell(nothing, { ...asked, channel: "sound" })).toBe("never");
});

test("a choice is about its own kind and channel alone", () => {
  for (const chosen of kinds) {
    for (const by of ["push", "mail"] as const) {
      const byKind = { ...nothing.byKind, [chosen]: { ...nothing.byKind[chosen], [by]: true } };
      for (const kind of kinds) {
        for (const channel of ["push", "mail"] as const) {
          const isTold =
            (kind === chosen && channel === by) ||
            (channel === "mail" && alwaysMailed.includes(kind));
          const telling = mayTell({ ...nothing, byKind }, { kind, channel, now });
          expect(telling).toBe(isTold ? "now" : "never");
        }
      }
    }
  }
});

test("nobody is called for messages of a muted chat until the mute is over", () => {
  const until = new Date("2026-03-10T13:00:00Z");
  for (const channel of ways) {
    const asked = { kind: "message", channel, mutedUntil: until } as const;
    expect(mayTell(everything, { ...asked, now })).toBe("never");
    expect(mayTell(everything, { ...asked, now: until })).toBe("now");
  }
});

test("a chat that is muted for ever is never heard of", () => {
  const asked = { kind: "message", channel: "push", now } as const;
  expect(mayTell(everything, { ...asked, mutedUntil: new Date("infinity") })).toBe("never");
});

test("a block shuts off all that messages would do", () => {
  for (const channel of ways) {
    const asked = { kind: "message", channel, now, isBlocked: true } as const;
    expect(mayTell(everything, asked)).toBe("never");
  }
});

test("neither mute nor block keeps from a person what is decided about him", () => {
  const shut = { now, mutedUntil: new Date("infinity"), isBlocked: true };
  for (const kind of notificationKinds) {
    expect(mayTell(everything, { kind, channel: "mail", ...shut })).toBe("now");
    expect(mayTell(everything, { kind, channel: "push", ...shut })).toBe("now");
  }
});

test("quiet hours hold back pushes and digests until they are over, and make no sound", () => {
  const choices = { ...everything, quiet };
  const night = new Date("2026-03-10T23:30:15.250Z");
  const at = new Date("2026-03-11T06:00:00Z");
  for (const kind of kinds) {
    expect(mayTell(choices, { kind, channel: "push", now: night })).toEqual({ at });
    expect(mayTell(choices, { kind, channel: "sound", now: night })).toBe("never");
    expect(mayTell(choices, { kind, channel: "toast", now: night })).toBe("now");
  }
  for (const kind of ["message", "report"] as const) {
    expect(mayTell(choices, { kind, channel: "mail", now: night })).toEqual({ at });
  }
  expect(mayTell(choices, { kind: "message", channel: "push", now: at })).toBe("now");
});

test("quiet hours do not hold back mail of a decision or of a strange sign-in", () => {
  const night = new Date("2026-03-10T23:30:00Z");
  for (const kind of [...alwaysMailed, "sign_in"] as const) {
    expect(mayTell({ ...everything, quiet }, { kind, channel: "mail", now: night })).toBe("now");
  }
});

test("what is not to be told is not put off either", () => {
  const night = new Date("2026-03-10T23:30:00Z");
  const asked = { kind: "message", channel: "push", now: night } as const;
  expect(mayTell({ ...nothing, quiet }, asked)).toBe("never");
  expect(mayTell({ ...everything, quiet }, { ...asked, isBlocked: true })).toBe("never");
});
