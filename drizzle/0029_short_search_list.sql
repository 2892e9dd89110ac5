-- As `WITH` in the schema, without making the index anew; what waits already is not left to one send.
ALTER INDEX "chat_messages_search_idx" SET (gin_pending_list_limit = 64);--> statement-breakpoint
SELECT gin_clean_pending_list('chat_messages_search_idx');
