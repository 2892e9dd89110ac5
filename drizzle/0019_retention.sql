CREATE TABLE "chat_archives" (
	"chat_id" uuid PRIMARY KEY NOT NULL,
	"state" text DEFAULT 'writing' NOT NULL,
	"object_key" text NOT NULL,
	"sha256" char(64),
	"bytes" bigint,
	"chat_version" bigint NOT NULL,
	"messages" integer NOT NULL,
	"pictures" integer NOT NULL,
	"head_hash" char(64),
	"started_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"stepped_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "chat_archives_state_known" CHECK ("state" in ('writing', 'moving', 'archived', 'restoring', 'deleting')),
	CONSTRAINT "chat_archives_written_is_whole" CHECK ("chat_archives"."state" in ('writing', 'deleting') or num_nonnulls("chat_archives"."sha256", "chat_archives"."bytes", "chat_archives"."head_hash") = 3)
);
--> statement-breakpoint
CREATE TABLE "erasures" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"requested_as" text NOT NULL,
	"requested_by" uuid,
	"requested_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"messages" text NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"done_at" timestamp (3) with time zone,
	CONSTRAINT "erasures_requested_as_known" CHECK ("requested_as" in ('self', 'admin', 'host')),
	CONSTRAINT "erasures_only_the_host_is_nobody" CHECK (("erasures"."requested_by" is null) = ("erasures"."requested_as" = 'host')),
	CONSTRAINT "erasures_messages_known" CHECK ("messages" in ('kept', 'removed')),
	CONSTRAINT "erasures_state_known" CHECK ("state" in ('waiting', 'held', 'done')),
	CONSTRAINT "erasures_done_has_time" CHECK (("erasures"."state" = 'done') = ("erasures"."done_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "legal_holds" (
	"id" uuid PRIMARY KEY NOT NULL,
	"chat_id" uuid,
	"user_id" uuid,
	"reason" text NOT NULL,
	"placed_by" uuid NOT NULL,
	"placed_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"ends_at" timestamp (3) with time zone,
	"lifted_by" uuid,
	"lifted_at" timestamp (3) with time zone,
	"lift_reason" text,
	CONSTRAINT "legal_holds_of_one_thing" CHECK (num_nonnulls("legal_holds"."chat_id", "legal_holds"."user_id") = 1),
	CONSTRAINT "legal_holds_reason_says_something" CHECK (btrim("legal_holds"."reason") <> ''),
	CONSTRAINT "legal_holds_ends_later" CHECK ("legal_holds"."ends_at" > "legal_holds"."placed_at"),
	CONSTRAINT "legal_holds_lifted_with_reason" CHECK (num_nonnulls("legal_holds"."lifted_by", "legal_holds"."lifted_at", "legal_holds"."lift_reason") in (0, 3))
);
--> statement-breakpoint
CREATE TABLE "personal_exports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"object_key" text NOT NULL,
	"bytes" bigint,
	"requested_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"ready_at" timestamp (3) with time zone,
	"expires_at" timestamp (3) with time zone,
	CONSTRAINT "personal_exports_state_known" CHECK ("state" in ('waiting', 'ready', 'failed', 'gone')),
	CONSTRAINT "personal_exports_ready_is_whole" CHECK ("personal_exports"."state" <> 'ready' or num_nonnulls("personal_exports"."bytes", "personal_exports"."ready_at", "personal_exports"."expires_at") = 3)
);
--> statement-breakpoint
CREATE TABLE "retention_runs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"trigger" text NOT NULL,
	"started_by" uuid,
	"as_of" timestamp (3) with time zone NOT NULL,
	"is_dry_run" boolean DEFAULT false NOT NULL,
	"state" text DEFAULT 'running' NOT NULL,
	"started_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"beat_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp (3) with time zone,
	"due" integer DEFAULT 0 NOT NULL,
	"closed" integer DEFAULT 0 NOT NULL,
	"archived" integer DEFAULT 0 NOT NULL,
	"deleted" integer DEFAULT 0 NOT NULL,
	"held" integer DEFAULT 0 NOT NULL,
	"failed" integer DEFAULT 0 NOT NULL,
	"messages" bigint DEFAULT 0 NOT NULL,
	"bytes" bigint DEFAULT 0 NOT NULL,
	"error" text,
	CONSTRAINT "retention_runs_trigger_known" CHECK ("trigger" in ('schedule', 'admin', 'command')),
	CONSTRAINT "retention_runs_state_known" CHECK ("state" in ('running', 'done', 'failed', 'stopped')),
	CONSTRAINT "retention_runs_finished_has_time" CHECK (("retention_runs"."state" = 'running') = ("retention_runs"."finished_at" is null))
);
--> statement-breakpoint
CREATE TABLE "retention_settings" (
	"only" text PRIMARY KEY DEFAULT 'row' NOT NULL,
	"version" bigint DEFAULT 1 NOT NULL,
	"by_stage" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"erased_messages" text DEFAULT 'kept' NOT NULL,
	"erasure_days" integer DEFAULT 30 NOT NULL,
	"updated_by" uuid,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "retention_settings_one_row" CHECK ("retention_settings"."only" = 'row'),
	CONSTRAINT "retention_settings_erased_messages_known" CHECK ("erased_messages" in ('kept', 'removed')),
	CONSTRAINT "retention_settings_erasure_days_in_range" CHECK ("retention_settings"."erasure_days" between 1 and 30)
);
--> statement-breakpoint
ALTER TABLE "attachments" DROP CONSTRAINT "attachments_message_id_chat_messages_id_fk";
--> statement-breakpoint
ALTER TABLE "flags" DROP CONSTRAINT "flags_message_id_chat_messages_id_fk";
--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "erased_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "chats" ADD COLUMN "archived_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "chats" ADD COLUMN "restored_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "chat_archives" ADD CONSTRAINT "chat_archives_chat_id_chats_id_fk" FOREIGN KEY ("chat_id") REFERENCES "public"."chats"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "erasures" ADD CONSTRAINT "erasures_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "erasures" ADD CONSTRAINT "erasures_requested_by_users_id_fk" FOREIGN KEY ("requested_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "legal_holds" ADD CONSTRAINT "legal_holds_chat_id_chats_id_fk" FOREIGN KEY ("chat_id") REFERENCES "public"."chats"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "legal_holds" ADD CONSTRAINT "legal_holds_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "legal_holds" ADD CONSTRAINT "legal_holds_placed_by_users_id_fk" FOREIGN KEY ("placed_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "legal_holds" ADD CONSTRAINT "legal_holds_lifted_by_users_id_fk" FOREIGN KEY ("lifted_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "personal_exports" ADD CONSTRAINT "personal_exports_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "retention_runs" ADD CONSTRAINT "retention_runs_started_by_users_id_fk" FOREIGN KEY ("started_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "retention_settings" ADD CONSTRAINT "retention_settings_updated_by_users_id_fk" FOREIGN KEY ("updated_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "chat_archives_object_key_key" ON "chat_archives" USING btree ("object_key");--> statement-breakpoint
CREATE INDEX "chat_archives_unfinished_idx" ON "chat_archives" USING btree ("stepped_at") WHERE "chat_archives"."state" <> 'archived';--> statement-breakpoint
CREATE INDEX "erasures_due_at_idx" ON "erasures" USING btree ("due_at") WHERE "erasures"."state" <> 'done';--> statement-breakpoint
CREATE INDEX "legal_holds_chat_id_idx" ON "legal_holds" USING btree ("chat_id");--> statement-breakpoint
CREATE INDEX "legal_holds_user_id_idx" ON "legal_holds" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "personal_exports_one_at_a_time" ON "personal_exports" USING btree ("user_id") WHERE "personal_exports"."state" = 'waiting';--> statement-breakpoint
CREATE UNIQUE INDEX "personal_exports_object_key_key" ON "personal_exports" USING btree ("object_key");--> statement-breakpoint
CREATE INDEX "personal_exports_user_id_idx" ON "personal_exports" USING btree ("user_id","requested_at");--> statement-breakpoint
CREATE INDEX "personal_exports_expires_at_idx" ON "personal_exports" USING btree ("expires_at") WHERE "personal_exports"."state" = 'ready';--> statement-breakpoint
CREATE UNIQUE INDEX "retention_runs_one_at_a_time" ON "retention_runs" USING btree ("state") WHERE "retention_runs"."state" = 'running' and not "retention_runs"."is_dry_run";--> statement-breakpoint
CREATE INDEX "retention_runs_started_at_idx" ON "retention_runs" USING btree ("started_at");--> statement-breakpoint
CREATE INDEX "chats_closed_at_idx" ON "chats" USING btree ("closed_at") WHERE "chats"."status" = 'closed';--> statement-breakpoint
CREATE INDEX "chats_archived_at_idx" ON "chats" USING btree ("archived_at") WHERE "chats"."status" = 'archived';--> statement-breakpoint
ALTER TABLE "chats" ADD CONSTRAINT "chats_archived_has_time" CHECK (("chats"."status" = 'archived') = ("chats"."archived_at" is not null));