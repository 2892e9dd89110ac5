CREATE TABLE "attachments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"chat_id" uuid NOT NULL,
	"uploader_id" uuid NOT NULL,
	"message_id" uuid,
	"position" integer,
	"width" integer NOT NULL,
	"height" integer NOT NULL,
	"bytes" integer NOT NULL,
	"placeholder" text NOT NULL,
	"is_animated" boolean NOT NULL,
	"alt" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"stored_at" timestamp (3) with time zone,
	CONSTRAINT "attachments_message_id_position_key" UNIQUE("message_id","position"),
	CONSTRAINT "attachments_taken_has_place" CHECK (("attachments"."message_id" is null) = ("attachments"."position" is null) and "attachments"."position" >= 0),
	CONSTRAINT "attachments_taken_is_stored" CHECK ("attachments"."message_id" is null or "attachments"."stored_at" is not null),
	CONSTRAINT "attachments_has_size" CHECK ("attachments"."width" > 0 and "attachments"."height" > 0 and "attachments"."bytes" > 0),
	CONSTRAINT "attachments_placeholder_is_small" CHECK (length("attachments"."placeholder") between 1 and 100)
);
--> statement-breakpoint
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_chat_id_chats_id_fk" FOREIGN KEY ("chat_id") REFERENCES "public"."chats"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_uploader_id_users_id_fk" FOREIGN KEY ("uploader_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_message_id_chat_messages_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."chat_messages"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "attachments_chat_id_idx" ON "attachments" USING btree ("chat_id");--> statement-breakpoint
CREATE INDEX "attachments_untaken_idx" ON "attachments" USING btree ("created_at") WHERE "attachments"."message_id" is null;