import { type SQL, sql } from "drizzle-orm";

/** One attachment as JSON that is an `AttachmentRow`. Expects the alias `a`. */
export const attachmentColumns: SQL = sql`jsonb_build_object(
  'id', a.id, 'width', a.width, 'height', a.height, 'bytes', a.bytes,
  'placeholder', a.placeholder, 'isAnimated', a.is_animated, 'alt', a.alt)`;
