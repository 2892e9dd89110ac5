CREATE TABLE "webhook_attempts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"endpoint_id" uuid NOT NULL,
	"message_id" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"duration_ms" integer NOT NULL,
	"status" smallint,
	"error" text,
	"answer" text,
	CONSTRAINT "webhook_attempts_says_something" CHECK (num_nonnulls("webhook_attempts"."status", "webhook_attempts"."error") > 0)
);
--> statement-breakpoint
CREATE TABLE "webhook_deliveries" (
	"endpoint_id" uuid NOT NULL,
	"message_id" uuid NOT NULL,
	"order_key" uuid NOT NULL,
	"position" bigserial NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"first_attempt_at" timestamp (3) with time zone,
	"finished_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "webhook_deliveries_endpoint_id_message_id_pk" PRIMARY KEY("endpoint_id","message_id"),
	CONSTRAINT "webhook_deliveries_state_known" CHECK ("state" in ('waiting', 'delivered', 'failed')),
	CONSTRAINT "webhook_deliveries_finished_has_time" CHECK (("webhook_deliveries"."state" = 'waiting') = ("webhook_deliveries"."finished_at" is null))
);
--> statement-breakpoint
CREATE TABLE "webhook_endpoints" (
	"id" uuid PRIMARY KEY NOT NULL,
	"url" text NOT NULL,
	"event_types" text[] NOT NULL,
	"secret" "bytea" NOT NULL,
	"previous_secret" "bytea",
	"previous_until" timestamp (3) with time zone,
	"since" text DEFAULT pg_current_snapshot()::text NOT NULL,
	"created_by" uuid,
	"created_by_key" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"disabled_at" timestamp (3) with time zone,
	"disabled_reason" text,
	"failing_since" timestamp (3) with time zone,
	CONSTRAINT "webhook_endpoints_url_length" CHECK (length("webhook_endpoints"."url") <= 2000),
	CONSTRAINT "webhook_endpoints_tells_something" CHECK (cardinality("webhook_endpoints"."event_types") > 0),
	CONSTRAINT "webhook_endpoints_made_by_one" CHECK (num_nonnulls("webhook_endpoints"."created_by", "webhook_endpoints"."created_by_key") = 1),
	CONSTRAINT "webhook_endpoints_previous_is_whole" CHECK (num_nonnulls("webhook_endpoints"."previous_secret", "webhook_endpoints"."previous_until") in (0, 2)),
	CONSTRAINT "webhook_endpoints_disabled_has_reason" CHECK (num_nonnulls("webhook_endpoints"."disabled_at", "webhook_endpoints"."disabled_reason") in (0, 2)),
	CONSTRAINT "webhook_endpoints_reason_known" CHECK ("disabled_reason" in ('asked', 'failing', 'gone'))
);
--> statement-breakpoint
CREATE TABLE "webhook_lanes" (
	"endpoint_id" uuid NOT NULL,
	"order_key" uuid NOT NULL,
	"last_position" bigint NOT NULL,
	"next_attempt_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"claim" uuid,
	"claimed_until" timestamp (3) with time zone,
	CONSTRAINT "webhook_lanes_endpoint_id_order_key_pk" PRIMARY KEY("endpoint_id","order_key"),
	CONSTRAINT "webhook_lanes_claim_is_whole" CHECK (num_nonnulls("webhook_lanes"."claim", "webhook_lanes"."claimed_until") in (0, 2))
);
--> statement-breakpoint
CREATE TABLE "webhook_messages" (
	"id" uuid PRIMARY KEY NOT NULL,
	"type" text NOT NULL,
	"chat_id" uuid,
	"user_id" uuid,
	"subject_id" uuid NOT NULL,
	"version" bigint,
	"happened_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "webhook_messages_type_known" CHECK ("type" in ('message.created', 'message.updated', 'chat.created', 'chat.closed', 'dispute.opened', 'dispute.resolved', 'user.sanctioned', 'user.sanction_lifted')),
	CONSTRAINT "webhook_messages_of_one" CHECK (num_nonnulls("webhook_messages"."chat_id", "webhook_messages"."user_id") = 1)
);
--> statement-breakpoint
CREATE TABLE "webhook_tail" (
	"only" text PRIMARY KEY DEFAULT 'row' NOT NULL,
	"snapshot" text NOT NULL,
	"moved_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "webhook_tail_one_row" CHECK ("webhook_tail"."only" = 'row')
);
--> statement-breakpoint
ALTER TABLE "notifications" DROP CONSTRAINT "notifications_kind_known";--> statement-breakpoint
ALTER TABLE "sanctions" ADD COLUMN "created_xid" "xid8" DEFAULT pg_current_xact_id() NOT NULL;--> statement-breakpoint
ALTER TABLE "sanctions" ADD COLUMN "lifted_xid" "xid8";--> statement-breakpoint
ALTER TABLE "webhook_attempts" ADD CONSTRAINT "webhook_attempts_delivery_fk" FOREIGN KEY ("endpoint_id","message_id") REFERENCES "public"."webhook_deliveries"("endpoint_id","message_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_endpoint_id_webhook_endpoints_id_fk" FOREIGN KEY ("endpoint_id") REFERENCES "public"."webhook_endpoints"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_message_id_webhook_messages_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."webhook_messages"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_endpoints" ADD CONSTRAINT "webhook_endpoints_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_endpoints" ADD CONSTRAINT "webhook_endpoints_created_by_key_api_keys_id_fk" FOREIGN KEY ("created_by_key") REFERENCES "public"."api_keys"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_lanes" ADD CONSTRAINT "webhook_lanes_endpoint_id_webhook_endpoints_id_fk" FOREIGN KEY ("endpoint_id") REFERENCES "public"."webhook_endpoints"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_messages" ADD CONSTRAINT "webhook_messages_chat_id_chats_id_fk" FOREIGN KEY ("chat_id") REFERENCES "public"."chats"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_messages" ADD CONSTRAINT "webhook_messages_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "webhook_attempts_delivery_idx" ON "webhook_attempts" USING btree ("endpoint_id","message_id","at");--> statement-breakpoint
CREATE INDEX "webhook_deliveries_waiting_idx" ON "webhook_deliveries" USING btree ("endpoint_id","order_key","position") WHERE "webhook_deliveries"."state" = 'waiting';--> statement-breakpoint
CREATE INDEX "webhook_deliveries_endpoint_id_idx" ON "webhook_deliveries" USING btree ("endpoint_id","position");--> statement-breakpoint
CREATE INDEX "webhook_deliveries_message_id_idx" ON "webhook_deliveries" USING btree ("message_id");--> statement-breakpoint
CREATE INDEX "webhook_lanes_due_idx" ON "webhook_lanes" USING btree ("endpoint_id","next_attempt_at");--> statement-breakpoint
CREATE INDEX "webhook_messages_chat_id_idx" ON "webhook_messages" USING btree ("chat_id");--> statement-breakpoint
CREATE INDEX "webhook_messages_user_id_idx" ON "webhook_messages" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "webhook_messages_created_at_idx" ON "webhook_messages" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "sanctions_created_xid_idx" ON "sanctions" USING btree ("created_xid");--> statement-breakpoint
CREATE INDEX "sanctions_lifted_xid_idx" ON "sanctions" USING btree ("lifted_xid");--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_kind_known" CHECK ("kind" in ('case', 'sanction', 'removal', 'report', 'sign_in', 'webhook'));