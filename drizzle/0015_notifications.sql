CREATE TABLE "deliveries" (
	"key" text PRIMARY KEY NOT NULL,
	"state" text DEFAULT 'begun' NOT NULL,
	"attempt_xid" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "deliveries_state_known" CHECK ("state" in ('begun', 'handed_over', 'done'))
);
--> statement-breakpoint
CREATE TABLE "devices" (
	"id" uuid PRIMARY KEY NOT NULL,
	"token_hash" text NOT NULL,
	"user_id" uuid NOT NULL,
	"browser" text,
	"system" text,
	"first_seen_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"last_seen_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "message_tail" (
	"only" text PRIMARY KEY DEFAULT 'row' NOT NULL,
	"snapshot" text NOT NULL,
	"moved_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "message_tail_one_row" CHECK ("message_tail"."only" = 'row')
);
--> statement-breakpoint
CREATE TABLE "notification_choices" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"by_kind" jsonb NOT NULL,
	"push_content" text NOT NULL,
	"mail_content" text NOT NULL,
	"has_sound" boolean NOT NULL,
	"quiet_from" smallint,
	"quiet_to" smallint,
	"time_zone" text,
	"locale" text,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "notification_choices_push_content_known" CHECK ("push_content" in ('full', 'sender', 'nothing')),
	CONSTRAINT "notification_choices_mail_content_known" CHECK ("mail_content" in ('full', 'sender', 'nothing')),
	CONSTRAINT "notification_choices_quiet_is_whole" CHECK (num_nonnulls("notification_choices"."quiet_from", "notification_choices"."quiet_to") in (0, 2)
        and "notification_choices"."quiet_from" between 0 and 1439 and "notification_choices"."quiet_to" between 0 and 1439
        and ("notification_choices"."quiet_from" is null or "notification_choices"."time_zone" is not null))
);
--> statement-breakpoint
CREATE TABLE "notification_clocks" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "notifications" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"data" jsonb NOT NULL,
	"version" bigint NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"read_at" timestamp (3) with time zone,
	"created_xid" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	CONSTRAINT "notifications_user_id_version_key" UNIQUE("user_id","version"),
	CONSTRAINT "notifications_kind_known" CHECK ("kind" in ('case', 'sanction', 'removal', 'report', 'sign_in'))
);
--> statement-breakpoint
CREATE TABLE "push_subscriptions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"session_id" text NOT NULL,
	"endpoint" text NOT NULL,
	"p256dh" text NOT NULL,
	"auth" text NOT NULL,
	"browser" text,
	"system" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"last_taken_at" timestamp (3) with time zone,
	"failures" integer DEFAULT 0 NOT NULL,
	"paused_until" timestamp (3) with time zone,
	CONSTRAINT "push_subscriptions_endpoint_length" CHECK (length("push_subscriptions"."endpoint") <= 2048)
);
--> statement-breakpoint
CREATE TABLE "unread_digests" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "unread_notices" (
	"chat_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"viewed_seq" bigint DEFAULT 0 NOT NULL,
	"pushed_seq" bigint DEFAULT 0 NOT NULL,
	"mailed_seq" bigint DEFAULT 0 NOT NULL,
	"mailed_at" timestamp (3) with time zone,
	CONSTRAINT "unread_notices_chat_id_user_id_pk" PRIMARY KEY("chat_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "vapid_keys" (
	"only" text PRIMARY KEY DEFAULT 'row' NOT NULL,
	"public_key" text NOT NULL,
	"private_key" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "vapid_keys_one_row" CHECK ("vapid_keys"."only" = 'row')
);
--> statement-breakpoint
ALTER TABLE "chat_participants" ADD COLUMN "muted_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "devices" ADD CONSTRAINT "devices_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notification_choices" ADD CONSTRAINT "notification_choices_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notification_clocks" ADD CONSTRAINT "notification_clocks_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "push_subscriptions" ADD CONSTRAINT "push_subscriptions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "push_subscriptions" ADD CONSTRAINT "push_subscriptions_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unread_digests" ADD CONSTRAINT "unread_digests_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unread_notices" ADD CONSTRAINT "unread_notices_chat_id_chats_id_fk" FOREIGN KEY ("chat_id") REFERENCES "public"."chats"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unread_notices" ADD CONSTRAINT "unread_notices_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "deliveries_at_idx" ON "deliveries" USING btree ("at");--> statement-breakpoint
CREATE UNIQUE INDEX "devices_user_id_token_hash_key" ON "devices" USING btree ("user_id","token_hash");--> statement-breakpoint
CREATE INDEX "notifications_user_id_unread_idx" ON "notifications" USING btree ("user_id") WHERE "notifications"."read_at" is null;--> statement-breakpoint
CREATE INDEX "notifications_user_id_subject_idx" ON "notifications" USING btree ("user_id","kind","subject_id");--> statement-breakpoint
CREATE INDEX "notifications_created_xid_idx" ON "notifications" USING btree ("created_xid");--> statement-breakpoint
CREATE UNIQUE INDEX "push_subscriptions_endpoint_key" ON "push_subscriptions" USING btree ("endpoint");--> statement-breakpoint
CREATE INDEX "push_subscriptions_user_id_idx" ON "push_subscriptions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "push_subscriptions_session_id_idx" ON "push_subscriptions" USING btree ("session_id");--> statement-breakpoint
CREATE INDEX "unread_digests_due_at_idx" ON "unread_digests" USING btree ("due_at");--> statement-breakpoint
CREATE INDEX "unread_notices_user_id_idx" ON "unread_notices" USING btree ("user_id");