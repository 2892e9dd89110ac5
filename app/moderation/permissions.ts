import { hasRole } from "~/accounts/roles";
import type { Viewer } from "~/accounts/viewer";
import type { Chat } from "~/chats/chat";
import type { Case } from "./disputes/case";

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

type InChat = Pick<Chat, "dispute" | "privateThread"> & {
  participants: readonly Pick<Chat["participants"][number], "id" | "role">[];
};
type OnDesk = Pick<Case, "status" | "claimedBy" | "mayNotDecide">;

/** As what somebody is a party to a chat; null for who is none, whatever else he is. */
export function sideOf(viewer: Pick<Viewer, "id">, chat: Pick<InChat, "participants">) {
  const role = chat.participants.find(({ id }) => id === viewer.id)?.role;
  return !role || role === "moderator" ? null : role;
}

export const isSide = (...asked: Parameters<typeof sideOf>) => sideOf(...asked) !== null;

/** Who may do what with a dispute, as sentences: no I/O, so that pages and actions ask the same. */
export const mayInCase = {
  /** A decision that can be appealed is not to be had again by another dispute. */
  open: (viewer: Pick<Viewer, "id">, chat: InChat, now: Date) =>
    isSide(viewer, chat) &&
    !chat.privateThread &&
    !isUnderWay(chat) &&
    !mayInCase.appeal(viewer, chat, now),

  withdraw: (viewer: Pick<Viewer, "id">, chat: InChat) =>
    isUnderWay(chat) && chat.dispute?.openedAs === sideOf(viewer, chat),

  appeal: (viewer: Pick<Viewer, "id">, chat: InChat, now: Date) =>
    isSide(viewer, chat) && Date.parse(chat.dispute?.appealUntil ?? "") > now.getTime(),

  /** Whoever is a party to the chat sees no more of its case than the other side does. */
  see: (viewer: Person, chat: InChat) => hasRole(viewer, "moderator") && !isSide(viewer, chat),

  /** An appeal is not for who decided what is appealed. */
  claim: (viewer: Person, chat: InChat, dispute: OnDesk) =>
    mayInCase.see(viewer, chat) && dispute.status === "open" && dispute.mayNotDecide !== viewer.id,

  /** Deciding it, closing it, giving it back. */
  handle: (viewer: Person, chat: InChat, dispute: OnDesk) =>
    mayInCase.see(viewer, chat) &&
    dispute.status === "in_review" &&
    dispute.claimedBy === viewer.id,

  /** So that a case does not wait for a moderator who is away, admins can move it, too. */
  handOver: (viewer: Person, chat: InChat, dispute: OnDesk) =>
    mayInCase.see(viewer, chat) &&
    dispute.status === "in_review" &&
    (dispute.claimedBy === viewer.id || hasRole(viewer, "admin")),
};

/** A flag as it stands to one moderator. */
type OnQueue = {
  status: "open" | "in_review" | "resolved";
  /** Whether he bought, sold, reported, appealed, or is whom it concerns. */
  isParty: boolean;
  /** It appeals what he decided himself. */
  isOwnDecision: boolean;
  /** Who looks at it now. */
  heldBy: string | null;
};

/** Who may do what with a flag, as sentences: no I/O, so that pages and actions ask the same. */
export const mayWithFlag = {
  see: (viewer: Pick<Person, "role">, flag: Pick<OnQueue, "isParty">) =>
    hasRole(viewer, "moderator") && !flag.isParty,

  /** Reading what it is about, and deciding it: nobody does while another is at it. */
  hold: (viewer: Person, flag: OnQueue) =>
    mayWithFlag.see(viewer, flag) &&
    flag.status !== "resolved" &&
    !flag.isOwnDecision &&
    (flag.heldBy === null || flag.heldBy === viewer.id),
};

function isUnderWay({ dispute }: Pick<Chat, "dispute">): boolean {
  return dispute !== null && dispute.status !== "resolved";
}
