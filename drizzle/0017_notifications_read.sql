ALTER TABLE "notification_clocks" ADD COLUMN "read_version" bigint;--> statement-breakpoint
ALTER TABLE "notification_clocks" ADD COLUMN "read_xid" "xid8";--> statement-breakpoint
CREATE INDEX "notification_clocks_read_xid_idx" ON "notification_clocks" USING btree ("read_xid");