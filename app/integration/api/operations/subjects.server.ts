import { z } from "zod";
import { findSubject } from "~/integration/host/find-subject.server";
import { type SubjectRefusal, saveSubject } from "~/integration/host/save-subject.server";
import { hostSubject, subjectInput, subjectReference } from "~/integration/host/subject";
import { type Operation, operation } from "../operation";
import { Problem } from "../problem";

const tag = "Subjects" as const;

const params = z.object({ reference: subjectReference });
const subjectShape = z
  .strictObject(hostSubject.shape)
  .meta({ id: "HostSubject", description: "A listing or order of the marketplace" });

/** What was refused of the input: beside which field, and why. */
const refusals: Record<SubjectRefusal, { path: string; message: string }> = {
  sellerMissing: { path: "/sellerExternalId", message: "Say who sells it" },
  sellerUnknown: { path: "/sellerExternalId", message: "Nobody came from the marketplace as this" },
  sellerCannotChange: { path: "/sellerExternalId", message: "The seller never changes" },
  pictureNotAllowed: {
    path: "/picture",
    message: "Pictures come from a path of Parley's own or an origin in SUBJECT_PICTURE_ORIGINS",
  },
};

const save = operation({
  id: "saveSubject",
  method: "PUT",
  path: "/subjects/{reference}",
  tag,
  summary: "Create a listing or order, or update it",
  description:
    "A new stage writes a system message in each of its chats and moves the rules that messages are judged by. Saying the same again changes nothing.",
  params,
  body: subjectInput.strict(),
  answers: {
    201: { description: "It is new", body: subjectShape },
    200: { description: "It was known", body: subjectShape },
  },
  host: {
    scope: "subjects:write",
    async handle({ db, host, params, body, provided }) {
      const saved = await saveSubject(db, host, params.reference, body, provided);
      if (!("refused" in saved)) return { status: saved.created ? 201 : 200, body: saved.subject };
      throw new Problem("invalid", { reason: saved.refused, errors: [refusals[saved.refused]] });
    },
  },
});

const get = operation({
  id: "getSubject",
  method: "GET",
  path: "/subjects/{reference}",
  tag,
  summary: "See a listing or order",
  params,
  answers: { 200: { description: "The listing or order", body: subjectShape } },
  host: {
    scope: "subjects:read",
    async handle({ db, host, params }) {
      const subject = await findSubject(db, host, params.reference);
      return subject && { body: subject };
    },
  },
});

export const subjectOperations: Operation[] = [save, get];
