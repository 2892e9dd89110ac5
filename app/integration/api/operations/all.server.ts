import type { Operation } from "../operation";
import { chatOperations } from "./chats.server";
import { disputeOperations } from "./disputes.server";
import { exportOperations } from "./exports.server";
import { messageOperations } from "./messages.server";
import { subjectOperations } from "./subjects.server";
import { tokenOperations } from "./tokens.server";
import { transcriptOperations } from "./transcripts.server";
import { userOperations } from "./users.server";
import { webhookOperations } from "./webhooks.server";

/** Everything that the API answers, in the order of the document. */
export const operations: readonly Operation[] = [
  ...userOperations,
  ...exportOperations,
  ...tokenOperations,
  ...subjectOperations,
  ...chatOperations,
  ...messageOperations,
  ...disputeOperations,
  ...transcriptOperations,
  ...webhookOperations,
];
