ALTER TABLE "chat_message_versions" ADD COLUMN "redacted_by" uuid;--> statement-breakpoint
ALTER TABLE "chat_message_versions" ADD COLUMN "redaction_reason" text;