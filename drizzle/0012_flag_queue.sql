DROP INDEX "flags_message_id_open_key";--> statement-breakpoint
DROP INDEX "flags_chat_id_person_id_open_key";--> statement-breakpoint
DROP INDEX "flags_queue_idx";--> statement-breakpoint
ALTER TABLE "flags" ADD COLUMN "ranked_at" timestamp (3) with time zone GENERATED ALWAYS AS ((opened_at at time zone 'UTC' - severity * interval '30 minutes') at time zone 'UTC') STORED NOT NULL;--> statement-breakpoint
CREATE INDEX "flags_resolved_at_idx" ON "flags" USING btree ("resolved_at","id") WHERE "flags"."status" = 'resolved';--> statement-breakpoint
CREATE UNIQUE INDEX "flags_message_id_open_key" ON "flags" USING btree ("message_id") WHERE "flags"."status" <> 'resolved' and "flags"."source" <> 'appeal' and "flags"."message_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "flags_chat_id_person_id_open_key" ON "flags" USING btree ("chat_id","person_id") WHERE "flags"."status" <> 'resolved' and "flags"."source" <> 'appeal' and "flags"."message_id" is null;--> statement-breakpoint
CREATE INDEX "flags_queue_idx" ON "flags" USING btree ("ranked_at","id") WHERE "flags"."status" <> 'resolved';