import { expect, test } from "vitest";
import { mailPlace } from "./own-mailer.server";

test("whoever runs Parley is told where mails go, without a password", () => {
  const given = { smtpUrl: undefined, demo: false, dataDir: "/srv/parley" };
  expect(mailPlace(given)).toEqual({ way: "none", place: "" });
  expect(mailPlace({ ...given, demo: true })).toEqual({
    way: "folder",
    place: "/srv/parley/mail",
  });
  const smtpUrl = new URL("smtps://parley:a-secret@mail.example:465?requireTLS=true");
  expect(mailPlace({ ...given, demo: true, smtpUrl: String(smtpUrl) })).toEqual({
    way: "smtp",
    place: "mail.example:465",
  });
});
