CREATE INDEX "chat_participants_user_id_chat_id_idx" ON "chat_participants" USING btree ("user_id","chat_id");--> statement-breakpoint
DROP INDEX "chat_participants_user_id_idx";
