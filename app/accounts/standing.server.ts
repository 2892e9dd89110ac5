import { type SQLWrapper, sql } from "drizzle-orm";
import { sanctions } from "~/db/schema";

/** What a person's sanctions let him do. A suspension that ended by time needs nobody to end it. */
export type Standing = "good" | "warned" | "lockedOut";

/**
 * Whether somebody is suspended or banned at this moment, here or by the host marketplace: nothing but
 * `/sanctions` is his then.
 */
export const isLockedOut = (userId: SQLWrapper) => sql<boolean>`(exists (
  select from ${sanctions}
  where ${sanctions.userId} = ${userId} and ${sanctions.kind} <> 'warning'
    and ${sanctions.liftedAt} is null
    and (${sanctions.endsAt} is null or ${sanctions.endsAt} > now()))
  or exists (
    select from users suspended
    where suspended.id = ${userId} and suspended.host_suspended_at is not null))`;

/** Whether somebody has yet to say that he read a warning. */
const isWarned = (userId: SQLWrapper) => sql<boolean>`exists (
  select from ${sanctions}
  where ${sanctions.userId} = ${userId} and ${sanctions.kind} = 'warning'
    and ${sanctions.liftedAt} is null and ${sanctions.acknowledgedAt} is null)`;

export const standingOf = (userId: SQLWrapper) => sql<Standing>`case
  when ${isLockedOut(userId)} then 'lockedOut' when ${isWarned(userId)} then 'warned' else 'good' end`;
