ALTER TABLE "chat_participants" ADD COLUMN "blocked_read_seq" bigint;--> statement-breakpoint
ALTER TABLE "chat_participants" ADD COLUMN "blocked_delivered_seq" bigint;--> statement-breakpoint
ALTER TABLE "chat_participants" ADD CONSTRAINT "chat_participants_blocked_is_whole" CHECK (num_nonnulls("chat_participants"."blocked_read_seq", "chat_participants"."blocked_delivered_seq") in (0, 2));