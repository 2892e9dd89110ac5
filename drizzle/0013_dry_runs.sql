CREATE TABLE "filter_dry_runs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"rule_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"started_by" uuid NOT NULL,
	"started_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"beat_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"state" text DEFAULT 'running' NOT NULL,
	"chats" integer DEFAULT 0 NOT NULL,
	"chats_done" integer DEFAULT 0 NOT NULL,
	"messages" integer DEFAULT 0 NOT NULL,
	"hits" integer DEFAULT 0 NOT NULL,
	"by_day" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"samples" uuid[] DEFAULT '{}' NOT NULL,
	CONSTRAINT "filter_dry_runs_state_known" CHECK ("state" in ('running', 'done', 'late', 'cancelled', 'failed')),
	CONSTRAINT "filter_dry_runs_ended_has_time" CHECK (("filter_dry_runs"."state" = 'running') = ("filter_dry_runs"."ended_at" is null))
);
--> statement-breakpoint
ALTER TABLE "filter_dry_runs" ADD CONSTRAINT "filter_dry_runs_started_by_users_id_fk" FOREIGN KEY ("started_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "filter_dry_runs" ADD CONSTRAINT "filter_dry_runs_rule_version_fk" FOREIGN KEY ("rule_id","version") REFERENCES "public"."filter_rule_versions"("rule_id","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "filter_dry_runs_one_runs" ON "filter_dry_runs" USING btree ("state") WHERE "filter_dry_runs"."state" = 'running';--> statement-breakpoint
CREATE INDEX "filter_dry_runs_rule_id_idx" ON "filter_dry_runs" USING btree ("rule_id","started_at");