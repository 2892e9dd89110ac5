CREATE TABLE "host_messages" (
	"chat_id" uuid NOT NULL,
	"key_id" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "host_messages_chat_id_key_id_client_id_pk" PRIMARY KEY("chat_id","key_id","client_id")
);
--> statement-breakpoint
ALTER TABLE "disputes" DROP CONSTRAINT "disputes_resolved_is_whole";--> statement-breakpoint
ALTER TABLE "disputes" ADD COLUMN "decided_by_key" uuid;--> statement-breakpoint
ALTER TABLE "host_messages" ADD CONSTRAINT "host_messages_chat_id_chats_id_fk" FOREIGN KEY ("chat_id") REFERENCES "public"."chats"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "host_messages" ADD CONSTRAINT "host_messages_key_id_api_keys_id_fk" FOREIGN KEY ("key_id") REFERENCES "public"."api_keys"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "disputes" ADD CONSTRAINT "disputes_decided_by_key_api_keys_id_fk" FOREIGN KEY ("decided_by_key") REFERENCES "public"."api_keys"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "disputes" ADD CONSTRAINT "disputes_resolved_is_whole" CHECK (("disputes"."status" = 'resolved') = ("disputes"."resolved_at" is not null) and ("disputes"."status" = 'resolved') = ("disputes"."outcome" is not null) and ("disputes"."outcome" is null or "disputes"."outcome" = 'withdrawn' or (num_nonnulls("disputes"."decided_by", "disputes"."decided_by_key") = 1 and "disputes"."decision" is not null)));