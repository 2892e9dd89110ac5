-- The end of the log moves with the log and in no other way.
CREATE TRIGGER audit_head_moves_with_log BEFORE UPDATE ON audit_head
  FOR EACH STATEMENT WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION audit_log_refuse();
--> statement-breakpoint
-- Also for a session that calls itself a replica.
ALTER TABLE audit_log ENABLE ALWAYS TRIGGER audit_log_stays;
--> statement-breakpoint
ALTER TABLE audit_head ENABLE ALWAYS TRIGGER audit_head_stays;
--> statement-breakpoint
ALTER TABLE audit_head ENABLE ALWAYS TRIGGER audit_head_moves_with_log;
