CREATE TABLE "answer_templates" (
	"id" uuid PRIMARY KEY NOT NULL,
	"title" text NOT NULL,
	"body" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_head" (
	"only" text PRIMARY KEY DEFAULT 'row' NOT NULL,
	"seq" bigint NOT NULL,
	"hash" char(64) NOT NULL,
	CONSTRAINT "audit_head_one_row" CHECK ("audit_head"."only" = 'row')
);
--> statement-breakpoint
CREATE TABLE "audit_log" (
	"seq" bigint PRIMARY KEY NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"actor_id" uuid,
	"actor_role" text NOT NULL,
	"action" text NOT NULL,
	"chat_id" uuid,
	"dispute_id" uuid,
	"person_id" uuid,
	"details" text DEFAULT '{}' NOT NULL,
	"previous_hash" char(64) NOT NULL,
	"hash" char(64) NOT NULL,
	CONSTRAINT "audit_log_actor_role_known" CHECK ("actor_role" in ('user', 'moderator', 'admin', 'host', 'system')),
	CONSTRAINT "audit_log_details_are_json" CHECK ("audit_log"."details"::jsonb is not null)
);
--> statement-breakpoint
CREATE TABLE "dispute_notes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"dispute_id" uuid NOT NULL,
	"author_id" uuid NOT NULL,
	"body" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "dispute_notes_say_something" CHECK ("dispute_notes"."body" <> '')
);
--> statement-breakpoint
CREATE TABLE "disputes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"chat_id" uuid NOT NULL,
	"appeal_of" uuid,
	"status" text DEFAULT 'open' NOT NULL,
	"opened_by" uuid,
	"opened_as" text NOT NULL,
	"reason" text NOT NULL,
	"statement" text NOT NULL,
	"wish" text,
	"opened_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"first_look_due" timestamp (3) with time zone NOT NULL,
	"decision_due" timestamp (3) with time zone NOT NULL,
	"first_look_at" timestamp (3) with time zone,
	"claimed_by" uuid,
	"claimed_at" timestamp (3) with time zone,
	"decided_by" uuid,
	"outcome" text,
	"decision" text,
	"resolved_at" timestamp (3) with time zone,
	CONSTRAINT "disputes_status_known" CHECK ("status" in ('open', 'in_review', 'resolved')),
	CONSTRAINT "disputes_opened_as_known" CHECK ("opened_as" in ('buyer', 'seller', 'moderator', 'host')),
	CONSTRAINT "disputes_reason_known" CHECK ("reason" in ('not_received', 'not_as_described', 'payment', 'behaviour', 'other')),
	CONSTRAINT "disputes_wish_known" CHECK ("wish" in ('refund', 'partial_refund', 'replacement', 'delivery', 'payment', 'other')),
	CONSTRAINT "disputes_outcome_known" CHECK ("outcome" in ('buyer', 'seller', 'both', 'withdrawn', 'closed')),
	CONSTRAINT "disputes_only_the_host_is_nobody" CHECK (("disputes"."opened_by" is null) = ("disputes"."opened_as" = 'host')),
	CONSTRAINT "disputes_resolved_is_whole" CHECK (("disputes"."status" = 'resolved') = ("disputes"."resolved_at" is not null) and ("disputes"."status" = 'resolved') = ("disputes"."outcome" is not null) and ("disputes"."outcome" is null or "disputes"."outcome" = 'withdrawn' or ("disputes"."decided_by" is not null and "disputes"."decision" is not null))),
	CONSTRAINT "disputes_in_review_is_claimed" CHECK ("disputes"."status" <> 'in_review' or "disputes"."claimed_by" is not null)
);
--> statement-breakpoint
CREATE TABLE "sanctions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"reason" text NOT NULL,
	"dispute_id" uuid,
	"imposed_by" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"ends_at" timestamp (3) with time zone,
	"acknowledged_at" timestamp (3) with time zone,
	"appeal" text,
	"appealed_at" timestamp (3) with time zone,
	"appeal_decided_by" uuid,
	"appeal_decided_at" timestamp (3) with time zone,
	"appeal_answer" text,
	"lifted_by" uuid,
	"lifted_at" timestamp (3) with time zone,
	"lift_reason" text,
	CONSTRAINT "sanctions_kind_known" CHECK ("kind" in ('warning', 'suspension', 'ban')),
	CONSTRAINT "sanctions_suspension_ends" CHECK (("sanctions"."kind" = 'suspension') = ("sanctions"."ends_at" is not null)),
	CONSTRAINT "sanctions_appeal_is_whole" CHECK (("sanctions"."appeal" is null) = ("sanctions"."appealed_at" is null) and num_nonnulls("sanctions"."appeal_decided_by", "sanctions"."appeal_decided_at", "sanctions"."appeal_answer") in (0, 3) and ("sanctions"."appeal_decided_at" is null or "sanctions"."appealed_at" is not null)),
	CONSTRAINT "sanctions_lifted_with_reason" CHECK (num_nonnulls("sanctions"."lifted_by", "sanctions"."lifted_at", "sanctions"."lift_reason") in (0, 3))
);
--> statement-breakpoint
CREATE TABLE "signing_keys" (
	"id" text PRIMARY KEY NOT NULL,
	"public_key" text NOT NULL,
	"sealed_private_key" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"retired_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "chats" DROP CONSTRAINT "chats_subject_id_buyer_id_key";--> statement-breakpoint
ALTER TABLE "attachments" DROP CONSTRAINT "attachments_taken_has_place";--> statement-breakpoint
ALTER TABLE "attachments" DROP CONSTRAINT "attachments_taken_is_stored";--> statement-breakpoint
DROP INDEX "attachments_untaken_idx";--> statement-breakpoint
ALTER TABLE "attachments" ADD COLUMN "dispute_id" uuid;--> statement-breakpoint
ALTER TABLE "attachments" ADD COLUMN "sha256" text;--> statement-breakpoint
ALTER TABLE "chat_messages" ADD COLUMN "redacted_by" uuid;--> statement-breakpoint
ALTER TABLE "chat_messages" ADD COLUMN "redaction_reason" text;--> statement-breakpoint
ALTER TABLE "chat_participants" ADD COLUMN "left_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "chats" ADD COLUMN "dispute_id" uuid;--> statement-breakpoint
ALTER TABLE "chats" ADD COLUMN "private_to" uuid;--> statement-breakpoint
ALTER TABLE "dispute_notes" ADD CONSTRAINT "dispute_notes_dispute_id_disputes_id_fk" FOREIGN KEY ("dispute_id") REFERENCES "public"."disputes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dispute_notes" ADD CONSTRAINT "dispute_notes_author_id_users_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "disputes" ADD CONSTRAINT "disputes_chat_id_chats_id_fk" FOREIGN KEY ("chat_id") REFERENCES "public"."chats"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "disputes" ADD CONSTRAINT "disputes_appeal_of_disputes_id_fk" FOREIGN KEY ("appeal_of") REFERENCES "public"."disputes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "disputes" ADD CONSTRAINT "disputes_opened_by_users_id_fk" FOREIGN KEY ("opened_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "disputes" ADD CONSTRAINT "disputes_claimed_by_users_id_fk" FOREIGN KEY ("claimed_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "disputes" ADD CONSTRAINT "disputes_decided_by_users_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sanctions" ADD CONSTRAINT "sanctions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sanctions" ADD CONSTRAINT "sanctions_dispute_id_disputes_id_fk" FOREIGN KEY ("dispute_id") REFERENCES "public"."disputes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sanctions" ADD CONSTRAINT "sanctions_imposed_by_users_id_fk" FOREIGN KEY ("imposed_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sanctions" ADD CONSTRAINT "sanctions_appeal_decided_by_users_id_fk" FOREIGN KEY ("appeal_decided_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sanctions" ADD CONSTRAINT "sanctions_lifted_by_users_id_fk" FOREIGN KEY ("lifted_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "answer_templates_title_key" ON "answer_templates" USING btree ("title");--> statement-breakpoint
CREATE INDEX "audit_log_actor_id_idx" ON "audit_log" USING btree ("actor_id","seq");--> statement-breakpoint
CREATE INDEX "audit_log_person_id_idx" ON "audit_log" USING btree ("person_id","seq");--> statement-breakpoint
CREATE INDEX "audit_log_chat_id_idx" ON "audit_log" USING btree ("chat_id","seq");--> statement-breakpoint
CREATE INDEX "audit_log_dispute_id_idx" ON "audit_log" USING btree ("dispute_id","seq");--> statement-breakpoint
CREATE INDEX "audit_log_action_idx" ON "audit_log" USING btree ("action","seq");--> statement-breakpoint
CREATE INDEX "audit_log_at_idx" ON "audit_log" USING btree ("at");--> statement-breakpoint
CREATE INDEX "dispute_notes_dispute_id_idx" ON "dispute_notes" USING btree ("dispute_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "disputes_one_at_a_time" ON "disputes" USING btree ("chat_id") WHERE "disputes"."status" <> 'resolved';--> statement-breakpoint
CREATE INDEX "disputes_chat_id_idx" ON "disputes" USING btree ("chat_id","opened_at");--> statement-breakpoint
CREATE UNIQUE INDEX "disputes_one_appeal" ON "disputes" USING btree ("appeal_of");--> statement-breakpoint
CREATE INDEX "disputes_decision_due_idx" ON "disputes" USING btree ("decision_due") WHERE "disputes"."status" <> 'resolved';--> statement-breakpoint
CREATE INDEX "disputes_opened_at_idx" ON "disputes" USING btree ("opened_at");--> statement-breakpoint
CREATE INDEX "sanctions_user_id_idx" ON "sanctions" USING btree ("user_id","created_at");--> statement-breakpoint
CREATE INDEX "sanctions_appealed_idx" ON "sanctions" USING btree ("appealed_at") WHERE "sanctions"."appealed_at" is not null and "sanctions"."appeal_decided_at" is null;--> statement-breakpoint
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_dispute_id_disputes_id_fk" FOREIGN KEY ("dispute_id") REFERENCES "public"."disputes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chats" ADD CONSTRAINT "chats_dispute_id_disputes_id_fk" FOREIGN KEY ("dispute_id") REFERENCES "public"."disputes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chats" ADD CONSTRAINT "chats_private_to_users_id_fk" FOREIGN KEY ("private_to") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "chats_subject_id_buyer_id_key" ON "chats" USING btree ("subject_id","buyer_id") WHERE "chats"."dispute_id" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "chats_dispute_id_private_to_key" ON "chats" USING btree ("dispute_id","private_to") WHERE "chats"."dispute_id" is not null;--> statement-breakpoint
CREATE INDEX "attachments_untaken_idx" ON "attachments" USING btree ("created_at") WHERE "attachments"."message_id" is null and "attachments"."dispute_id" is null;--> statement-breakpoint
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_dispute_id_position_key" UNIQUE("dispute_id","position");--> statement-breakpoint
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_sha256_is_hex" CHECK ("attachments"."sha256" ~ '^[0-9a-f]{64}$');--> statement-breakpoint
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_taken_has_place" CHECK (num_nonnulls("attachments"."message_id", "attachments"."dispute_id") = num_nonnulls("attachments"."position") and "attachments"."position" >= 0);--> statement-breakpoint
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_taken_is_stored" CHECK ("attachments"."position" is null or "attachments"."stored_at" is not null);--> statement-breakpoint
ALTER TABLE "chat_messages" ADD CONSTRAINT "chat_messages_redacted_with_reason" CHECK (("chat_messages"."redacted_by" is null) = ("chat_messages"."redaction_reason" is null) and ("chat_messages"."redacted_by" is null or "chat_messages"."deleted_at" is not null));--> statement-breakpoint
ALTER TABLE "chat_participants" ADD CONSTRAINT "chat_participants_only_moderators_leave" CHECK ("chat_participants"."left_at" is null or "chat_participants"."role" = 'moderator');--> statement-breakpoint
ALTER TABLE "chats" ADD CONSTRAINT "chats_private_to_one_side" CHECK (("chats"."dispute_id" is null) = ("chats"."private_to" is null));--> statement-breakpoint
INSERT INTO "audit_head" ("seq", "hash") VALUES (0, repeat('0', 64));
--> statement-breakpoint
-- What an entry's hash covers: the hash before it, then each column as its length in bytes, a colon
-- and itself, or a dash for none. `app/moderation/audit/audit-hash.ts` computes the same.
CREATE FUNCTION audit_hash(entry audit_log) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  select encode(sha256(convert_to(entry.previous_hash || string_agg(
    coalesce(octet_length(value) || ':' || value, '-'), ',' order by place), 'UTF8')), 'hex')
  from unnest(array[
    entry.seq::text,
    to_char(entry.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    entry.actor_id::text, entry.actor_role, entry.action, entry.chat_id::text,
    entry.dispute_id::text, entry.person_id::text, entry.details
  ]) with ordinality as field(value, place)
$$;
--> statement-breakpoint
-- The head's row is the log's lock: whoever appends holds it until the commit, which makes the
-- numbers contiguous and puts them in commit order.
CREATE FUNCTION audit_log_append() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  head audit_head;
BEGIN
  UPDATE audit_head SET seq = audit_head.seq + 1 RETURNING * INTO STRICT head;
  new.seq := head.seq;
  new.at := clock_timestamp();
  new.previous_hash := head.hash;
  new.hash := audit_hash(new);
  UPDATE audit_head SET hash = new.hash;
  RETURN new;
END
$$;
--> statement-breakpoint
CREATE FUNCTION audit_log_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'The audit log is append-only' USING ERRCODE = 'insufficient_privilege';
END
$$;
--> statement-breakpoint
CREATE TRIGGER audit_log_append BEFORE INSERT ON audit_log
  FOR EACH ROW EXECUTE FUNCTION audit_log_append();
--> statement-breakpoint
CREATE TRIGGER audit_log_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log
  FOR EACH STATEMENT EXECUTE FUNCTION audit_log_refuse();
--> statement-breakpoint
CREATE TRIGGER audit_head_stays BEFORE DELETE OR TRUNCATE ON audit_head
  FOR EACH STATEMENT EXECUTE FUNCTION audit_log_refuse();
