import type { Viewer } from "./viewer";

const rank = { user: 0, moderator: 1, admin: 2 } satisfies Record<Viewer["role"], number>;

/** Whether somebody has a role or one above it: an admin may all that a moderator may. */
export function hasRole(viewer: Pick<Viewer, "role">, role: Viewer["role"]): boolean {
  return rank[viewer.role] >= rank[role];
}
