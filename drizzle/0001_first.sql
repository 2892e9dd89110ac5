CREATE TABLE "chat_message_versions" (
	"message_id" uuid NOT NULL,
	"version" bigint NOT NULL,
	"body" text,
	"replaced_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "chat_message_versions_message_id_version_pk" PRIMARY KEY("message_id","version")
);
--> statement-breakpoint
CREATE TABLE "chat_messages" (
	"id" uuid PRIMARY KEY NOT NULL,
	"chat_id" uuid NOT NULL,
	"seq" bigint NOT NULL,
	"created_version" bigint NOT NULL,
	"version" bigint NOT NULL,
	"sender_id" uuid,
	"client_id" uuid,
	"type" text DEFAULT 'text' NOT NULL,
	"body" text,
	"event" jsonb,
	"reply_to" bigint,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"edited_at" timestamp (3) with time zone,
	"deleted_at" timestamp (3) with time zone,
	"created_xid" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	"changed_xid" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	"search" "tsvector" GENERATED ALWAYS AS (to_tsvector('simple', coalesce(body, ''))) STORED,
	CONSTRAINT "chat_messages_chat_id_seq_key" UNIQUE("chat_id","seq"),
	CONSTRAINT "chat_messages_chat_id_sender_id_client_id_key" UNIQUE("chat_id","sender_id","client_id"),
	CONSTRAINT "chat_messages_type_known" CHECK ("type" in ('text', 'image', 'system')),
	CONSTRAINT "chat_messages_seq_positive" CHECK ("chat_messages"."seq" >= 1),
	CONSTRAINT "chat_messages_version_in_order" CHECK ("chat_messages"."version" >= "chat_messages"."created_version"),
	CONSTRAINT "chat_messages_reply_is_backwards" CHECK ("chat_messages"."reply_to" < "chat_messages"."seq"),
	CONSTRAINT "chat_messages_sender_unless_system" CHECK (("chat_messages"."type" = 'system') = ("chat_messages"."sender_id" is null) and ("chat_messages"."type" = 'system') = ("chat_messages"."event" is not null) and ("chat_messages"."sender_id" is null) = ("chat_messages"."client_id" is null)),
	CONSTRAINT "chat_messages_says_something" CHECK ("chat_messages"."type" <> 'text' or "chat_messages"."deleted_at" is not null or "chat_messages"."body" <> '')
);
--> statement-breakpoint
CREATE TABLE "chat_participants" (
	"chat_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"role" text NOT NULL,
	"joined_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"delivered_seq" bigint DEFAULT 0 NOT NULL,
	"read_seq" bigint DEFAULT 0 NOT NULL,
	"archived_at" timestamp (3) with time zone,
	"moved_xid" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	CONSTRAINT "chat_participants_chat_id_user_id_pk" PRIMARY KEY("chat_id","user_id"),
	CONSTRAINT "chat_participants_role_known" CHECK ("role" in ('buyer', 'seller', 'moderator')),
	CONSTRAINT "chat_participants_read_was_delivered" CHECK ("chat_participants"."delivered_seq" >= "chat_participants"."read_seq" and "chat_participants"."read_seq" >= 0)
);
--> statement-breakpoint
CREATE TABLE "chats" (
	"id" uuid PRIMARY KEY NOT NULL,
	"subject_id" uuid NOT NULL,
	"buyer_id" uuid NOT NULL,
	"status" text DEFAULT 'open' NOT NULL,
	"version" bigint DEFAULT 1 NOT NULL,
	"state_version" bigint DEFAULT 1 NOT NULL,
	"last_seq" bigint DEFAULT 0 NOT NULL,
	"last_message_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"closed_at" timestamp (3) with time zone,
	"created_xid" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	"changed_xid" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	CONSTRAINT "chats_subject_id_buyer_id_key" UNIQUE("subject_id","buyer_id"),
	CONSTRAINT "chats_status_known" CHECK ("status" in ('open', 'frozen', 'closed', 'archived')),
	CONSTRAINT "chats_counters_in_order" CHECK ("chats"."version" >= "chats"."state_version" and "chats"."version" >= "chats"."last_seq" and "chats"."state_version" >= 1 and "chats"."last_seq" >= 0),
	CONSTRAINT "chats_closed_has_time" CHECK ("chats"."status" <> 'closed' or "chats"."closed_at" is not null)
);
--> statement-breakpoint
CREATE TABLE "deployment" (
	"only" text PRIMARY KEY DEFAULT 'row' NOT NULL,
	"epoch" uuid NOT NULL,
	"fingerprint" text NOT NULL,
	CONSTRAINT "deployment_one_row" CHECK ("deployment"."only" = 'row')
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "subjects" (
	"id" uuid PRIMARY KEY NOT NULL,
	"reference" text NOT NULL,
	"seller_id" uuid NOT NULL,
	"title" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"price_amount" bigint NOT NULL,
	"price_currency" char(3) NOT NULL,
	"picture" text,
	"stage" text DEFAULT 'inquiry' NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "subjects_stage_known" CHECK ("stage" in ('inquiry', 'paid', 'shipped', 'completed', 'cancelled')),
	CONSTRAINT "subjects_price_not_negative" CHECK ("subjects"."price_amount" >= 0)
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" uuid PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"password_hash" text,
	"role" text DEFAULT 'user' NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "users_role_known" CHECK ("role" in ('user', 'moderator', 'admin')),
	CONSTRAINT "users_email_is_lower_case" CHECK ("users"."email" = lower(btrim("users"."email"))),
	CONSTRAINT "users_name_length" CHECK (char_length("users"."name") between 1 and 200)
);
--> statement-breakpoint
ALTER TABLE "chat_message_versions" ADD CONSTRAINT "chat_message_versions_message_id_chat_messages_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."chat_messages"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chat_messages" ADD CONSTRAINT "chat_messages_chat_id_chats_id_fk" FOREIGN KEY ("chat_id") REFERENCES "public"."chats"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chat_messages" ADD CONSTRAINT "chat_messages_sender_is_participant_fk" FOREIGN KEY ("chat_id","sender_id") REFERENCES "public"."chat_participants"("chat_id","user_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chat_messages" ADD CONSTRAINT "chat_messages_reply_to_fk" FOREIGN KEY ("chat_id","reply_to") REFERENCES "public"."chat_messages"("chat_id","seq") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chat_participants" ADD CONSTRAINT "chat_participants_chat_id_chats_id_fk" FOREIGN KEY ("chat_id") REFERENCES "public"."chats"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chat_participants" ADD CONSTRAINT "chat_participants_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chats" ADD CONSTRAINT "chats_subject_id_subjects_id_fk" FOREIGN KEY ("subject_id") REFERENCES "public"."subjects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chats" ADD CONSTRAINT "chats_buyer_id_users_id_fk" FOREIGN KEY ("buyer_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "subjects" ADD CONSTRAINT "subjects_seller_id_users_id_fk" FOREIGN KEY ("seller_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "chat_messages_changed_xid_idx" ON "chat_messages" USING btree ("changed_xid");--> statement-breakpoint
CREATE INDEX "chat_messages_chat_id_changed_xid_idx" ON "chat_messages" USING btree ("chat_id","changed_xid");--> statement-breakpoint
CREATE INDEX "chat_messages_search_idx" ON "chat_messages" USING gin ("chat_id","search");--> statement-breakpoint
CREATE INDEX "chat_participants_user_id_idx" ON "chat_participants" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "chat_participants_one_buyer_one_seller" ON "chat_participants" USING btree ("chat_id","role") WHERE "chat_participants"."role" in ('buyer', 'seller');--> statement-breakpoint
CREATE INDEX "chats_buyer_id_idx" ON "chats" USING btree ("buyer_id");--> statement-breakpoint
CREATE INDEX "chats_changed_xid_idx" ON "chats" USING btree ("changed_xid");--> statement-breakpoint
CREATE INDEX "sessions_user_id_idx" ON "sessions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "sessions_expires_at_idx" ON "sessions" USING btree ("expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "subjects_reference_key" ON "subjects" USING btree ("reference");--> statement-breakpoint
CREATE INDEX "subjects_seller_id_idx" ON "subjects" USING btree ("seller_id");--> statement-breakpoint
CREATE INDEX "subjects_created_at_idx" ON "subjects" USING btree ("created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "users_email_key" ON "users" USING btree ("email");