CREATE TABLE "erased_parts" (
	"message_id" uuid NOT NULL,
	"version" bigint NOT NULL,
	"part" text NOT NULL,
	"hash" char(64) NOT NULL,
	"chat_id" uuid NOT NULL,
	CONSTRAINT "erased_parts_message_id_version_part_pk" PRIMARY KEY("message_id","version","part"),
	CONSTRAINT "erased_parts_part_known" CHECK ("part" in ('body', 'pictures', 'redactionReason', 'record')),
	CONSTRAINT "erased_parts_hash_is_hex" CHECK ("erased_parts"."hash" ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
ALTER TABLE "erasures" ADD COLUMN "name" text;--> statement-breakpoint
ALTER TABLE "erasures" ADD COLUMN "email" text;--> statement-breakpoint
ALTER TABLE "erased_parts" ADD CONSTRAINT "erased_parts_chat_id_chats_id_fk" FOREIGN KEY ("chat_id") REFERENCES "public"."chats"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "erased_parts_chat_id_idx" ON "erased_parts" USING btree ("chat_id");--> statement-breakpoint
ALTER TABLE "erasures" ADD CONSTRAINT "erasures_done_names_nobody" CHECK (num_nonnulls("erasures"."name", "erasures"."email") = case when "erasures"."state" = 'done' then 0 else 2 end);