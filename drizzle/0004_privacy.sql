ALTER TABLE "users" ADD COLUMN "shares_reads" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "shares_presence" boolean DEFAULT true NOT NULL;