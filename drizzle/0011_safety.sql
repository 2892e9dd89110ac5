CREATE TABLE "filter_hits" (
	"day" date NOT NULL,
	"what" text NOT NULL,
	"action" text NOT NULL,
	"count" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "filter_hits_day_what_action_pk" PRIMARY KEY("day","what","action"),
	CONSTRAINT "filter_hits_action_known" CHECK ("action" in ('allow', 'flag', 'warn', 'block'))
);
--> statement-breakpoint
CREATE TABLE "filter_rule_versions" (
	"rule_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"pattern" text NOT NULL,
	"action" text NOT NULL,
	"stages" text[] NOT NULL,
	"message" text NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "filter_rule_versions_rule_id_version_pk" PRIMARY KEY("rule_id","version"),
	CONSTRAINT "filter_rule_versions_kind_known" CHECK ("kind" in ('word', 'phrase', 'pattern')),
	CONSTRAINT "filter_rule_versions_action_known" CHECK ("action" in ('flag', 'warn', 'block')),
	CONSTRAINT "filter_rule_versions_says_something" CHECK ("filter_rule_versions"."pattern" <> '')
);
--> statement-breakpoint
CREATE TABLE "filter_rules" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"is_on" boolean DEFAULT false NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"removed_at" timestamp (3) with time zone,
	CONSTRAINT "filter_rules_removed_is_off" CHECK ("filter_rules"."removed_at" is null or not "filter_rules"."is_on")
);
--> statement-breakpoint
CREATE TABLE "filter_settings" (
	"only" text PRIMARY KEY DEFAULT 'row' NOT NULL,
	"version" bigint DEFAULT 1 NOT NULL,
	"filters" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"allowed_domains" text[] DEFAULT '{}' NOT NULL,
	"phone_countries" text[] DEFAULT '{}' NOT NULL,
	"updated_by" uuid,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "filter_settings_one_row" CHECK ("filter_settings"."only" = 'row')
);
--> statement-breakpoint
CREATE TABLE "message_prints" (
	"message_id" uuid PRIMARY KEY NOT NULL,
	"chat_id" uuid NOT NULL,
	"sender_id" uuid NOT NULL,
	"print" bigint NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "message_verdicts" (
	"message_id" uuid NOT NULL,
	"version" bigint NOT NULL,
	"action" text NOT NULL,
	"stage" text NOT NULL,
	"reasons" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "message_verdicts_message_id_version_pk" PRIMARY KEY("message_id","version"),
	CONSTRAINT "message_verdicts_action_stored" CHECK ("action" in ('flag', 'warn')),
	CONSTRAINT "message_verdicts_stage_known" CHECK ("stage" in ('inquiry', 'paid', 'shipped', 'completed', 'cancelled'))
);
--> statement-breakpoint
CREATE TABLE "blocks" (
	"blocker_id" uuid NOT NULL,
	"blocked_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "blocks_blocker_id_blocked_id_pk" PRIMARY KEY("blocker_id","blocked_id"),
	CONSTRAINT "blocks_not_oneself" CHECK ("blocks"."blocker_id" <> "blocks"."blocked_id")
);
--> statement-breakpoint
CREATE TABLE "flags" (
	"id" uuid PRIMARY KEY NOT NULL,
	"chat_id" uuid NOT NULL,
	"message_id" uuid,
	"person_id" uuid NOT NULL,
	"seq" bigint NOT NULL,
	"source" text NOT NULL,
	"severity" integer NOT NULL,
	"status" text DEFAULT 'open' NOT NULL,
	"opened_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"claimed_by" uuid,
	"claimed_at" timestamp (3) with time zone,
	"outcome" text,
	"statement" text,
	"is_redacted" boolean DEFAULT false NOT NULL,
	"decided_by" uuid,
	"resolved_at" timestamp (3) with time zone,
	"dispute_id" uuid,
	"acknowledged_at" timestamp (3) with time zone,
	"appeal_of" uuid,
	"appealed_by" uuid,
	"appeal" text,
	CONSTRAINT "flags_source_known" CHECK ("source" in ('filter', 'report', 'appeal')),
	CONSTRAINT "flags_status_known" CHECK ("status" in ('open', 'in_review', 'resolved')),
	CONSTRAINT "flags_outcome_known" CHECK ("outcome" in ('fine', 'redacted', 'dispute', 'warning', 'suspension', 'ban')),
	CONSTRAINT "flags_severity_in_range" CHECK ("flags"."severity" between 0 and 100),
	CONSTRAINT "flags_in_review_is_claimed" CHECK ("flags"."status" <> 'in_review' or "flags"."claimed_by" is not null),
	CONSTRAINT "flags_resolved_is_whole" CHECK (("flags"."status" = 'resolved') = ("flags"."outcome" is not null) and num_nonnulls("flags"."outcome", "flags"."statement", "flags"."decided_by", "flags"."resolved_at") in (0, 4)),
	CONSTRAINT "flags_appeal_is_whole" CHECK (num_nonnulls("flags"."appeal_of", "flags"."appealed_by", "flags"."appeal") in (0, 3) and ("flags"."source" = 'appeal') = ("flags"."appeal_of" is not null))
);
--> statement-breakpoint
CREATE TABLE "reports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"flag_id" uuid NOT NULL,
	"reporter_id" uuid NOT NULL,
	"target" text NOT NULL,
	"attachment_id" uuid,
	"reason" text NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"seen_at" timestamp (3) with time zone,
	CONSTRAINT "reports_target_known" CHECK ("target" in ('message', 'picture', 'person')),
	CONSTRAINT "reports_reason_known" CHECK ("reason" in ('scam', 'contact', 'abuse', 'spam', 'prohibited', 'other')),
	CONSTRAINT "reports_picture_is_named" CHECK (("reports"."target" = 'picture') = ("reports"."attachment_id" is not null))
);
--> statement-breakpoint
ALTER TABLE "chats" ADD COLUMN "blocked_by" uuid[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "sanctions" ADD COLUMN "flag_id" uuid;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "watched_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "filter_rule_versions" ADD CONSTRAINT "filter_rule_versions_rule_id_filter_rules_id_fk" FOREIGN KEY ("rule_id") REFERENCES "public"."filter_rules"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "filter_rule_versions" ADD CONSTRAINT "filter_rule_versions_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "filter_rules" ADD CONSTRAINT "filter_rules_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "filter_settings" ADD CONSTRAINT "filter_settings_updated_by_users_id_fk" FOREIGN KEY ("updated_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_verdicts" ADD CONSTRAINT "message_verdicts_message_id_chat_messages_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."chat_messages"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "blocks" ADD CONSTRAINT "blocks_blocker_id_users_id_fk" FOREIGN KEY ("blocker_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "blocks" ADD CONSTRAINT "blocks_blocked_id_users_id_fk" FOREIGN KEY ("blocked_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flags" ADD CONSTRAINT "flags_chat_id_chats_id_fk" FOREIGN KEY ("chat_id") REFERENCES "public"."chats"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flags" ADD CONSTRAINT "flags_message_id_chat_messages_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."chat_messages"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flags" ADD CONSTRAINT "flags_person_id_users_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flags" ADD CONSTRAINT "flags_claimed_by_users_id_fk" FOREIGN KEY ("claimed_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flags" ADD CONSTRAINT "flags_decided_by_users_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flags" ADD CONSTRAINT "flags_dispute_id_disputes_id_fk" FOREIGN KEY ("dispute_id") REFERENCES "public"."disputes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flags" ADD CONSTRAINT "flags_appeal_of_flags_id_fk" FOREIGN KEY ("appeal_of") REFERENCES "public"."flags"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flags" ADD CONSTRAINT "flags_appealed_by_users_id_fk" FOREIGN KEY ("appealed_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_flag_id_flags_id_fk" FOREIGN KEY ("flag_id") REFERENCES "public"."flags"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_reporter_id_users_id_fk" FOREIGN KEY ("reporter_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_attachment_id_attachments_id_fk" FOREIGN KEY ("attachment_id") REFERENCES "public"."attachments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "message_prints_sender_id_idx" ON "message_prints" USING btree ("sender_id","created_at");--> statement-breakpoint
CREATE INDEX "message_prints_created_at_idx" ON "message_prints" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "blocks_blocked_id_idx" ON "blocks" USING btree ("blocked_id");--> statement-breakpoint
CREATE UNIQUE INDEX "flags_message_id_open_key" ON "flags" USING btree ("message_id") WHERE "flags"."status" <> 'resolved' and "flags"."message_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "flags_chat_id_person_id_open_key" ON "flags" USING btree ("chat_id","person_id") WHERE "flags"."status" <> 'resolved' and "flags"."message_id" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "flags_one_appeal" ON "flags" USING btree ("appeal_of");--> statement-breakpoint
CREATE INDEX "flags_queue_idx" ON "flags" USING btree ("severity" DESC NULLS LAST,"opened_at") WHERE "flags"."status" <> 'resolved';--> statement-breakpoint
CREATE INDEX "flags_opened_at_idx" ON "flags" USING btree ("opened_at");--> statement-breakpoint
CREATE INDEX "flags_person_id_idx" ON "flags" USING btree ("person_id","opened_at");--> statement-breakpoint
CREATE INDEX "flags_chat_id_idx" ON "flags" USING btree ("chat_id");--> statement-breakpoint
CREATE UNIQUE INDEX "reports_flag_id_reporter_id_key" ON "reports" USING btree ("flag_id","reporter_id");--> statement-breakpoint
CREATE INDEX "reports_reporter_id_idx" ON "reports" USING btree ("reporter_id","created_at");--> statement-breakpoint
ALTER TABLE "sanctions" ADD CONSTRAINT "sanctions_flag_id_flags_id_fk" FOREIGN KEY ("flag_id") REFERENCES "public"."flags"("id") ON DELETE no action ON UPDATE no action;