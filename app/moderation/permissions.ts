import { hasRole } from "~/accounts/roles";
import type { Viewer } from "~/accounts/viewer";

type Person = Pick<Viewer, "id" | "role">;

/** Who may do what to whom, as sentences: no I/O, so that pages and actions ask the same. */
export const may = {
  /** Nobody sanctions himself, or somebody of a higher role; nor does he lift what those bear. */
  sanction: (viewer: Person, person: Person) =>
    hasRole(viewer, "moderator") && viewer.id !== person.id && hasRole(viewer, person.role),

  /** Another moderator than the one whose sanction it is. */
  decideAppeal: (viewer: Person, person: Person, imposedBy: { id: string }) =>
    may.sanction(viewer, person) && viewer.id !== imposedBy.id,

  endSessions: (viewer: Person, person: Person) =>
    hasRole(viewer, "moderator") && hasRole(viewer, person.role),

  /** An admin may step down himself, as long as another one stays. */
  changeRole: (viewer: Person) => hasRole(viewer, "admin"),
};
