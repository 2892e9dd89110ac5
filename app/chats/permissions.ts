import type { Viewer } from "~/accounts/viewer";
import type { Chat } from "./chat";
import type { Message, ParticipantRole } from "./message";

type InChat = Pick<Chat, "status" | "privateThread" | "isBlocked"> & {
  participants: readonly { id: string; role: ParticipantRole }[];
};
type Written = Pick<Message, "createdAt" | "deletedAt"> & {
  sender: { id: string } | null;
};

/**
 * Who may do what, as sentences: no I/O, so that pages and actions ask the same. What is a
 * participant's alone (his list, his archive, his read position, his streams) is reached through
 * his own row instead: whoever else may read a chat has none.
 */
export const may = {
  read: (viewer: Pick<Viewer, "id">, chat: InChat) =>
    chat.participants.some((participant) => participant.id === viewer.id),

  /** A frozen chat is for moderators alone, and so is one where one side blocks the other. */
  post: (viewer: Pick<Viewer, "id">, chat: InChat) =>
    isWritable(viewer, chat) && !isShutOut(viewer, chat),

  /** A private thread is moderators' to close. A block keeps nobody from ending what it ended anyway. */
  close: (viewer: Pick<Viewer, "id">, chat: InChat) =>
    isWritable(viewer, chat) && (!chat.privateThread || roleIn(viewer, chat) === "moderator"),

  /** The other side, where the viewer is a side himself; moderators in a chat cannot be shut out. */
  block: (viewer: Pick<Viewer, "id">, chat: InChat) =>
    !chat.privateThread && otherSide(viewer, chat) !== undefined,

  /**
   * The words of a message: those beside pictures too, but not the pictures. It says something new,
   * as a message does.
   *
   * @param windowMs how long after sending an edit is allowed
   */
  edit: (viewer: Pick<Viewer, "id">, chat: InChat, message: Written, now: Date, windowMs: number) =>
    isRecentOwn(viewer, message, now, windowMs) && may.post(viewer, chat),

  /**
   * Also where one side blocks the other: who takes his words back says nothing.
   *
   * @param windowMs how long after sending it can be taken back
   */
  unsend: (
    viewer: Pick<Viewer, "id">,
    chat: InChat,
    message: Written,
    now: Date,
    windowMs: number,
  ) => isRecentOwn(viewer, message, now, windowMs) && isWritable(viewer, chat),
};

/**
 * A picture that waits for its message is its uploader's alone; one of a message goes with it. What a
 * moderator opens is noted, so that he gets it by his case. No page asks this: it stands by itself.
 */
export const maySeePicture = (
  viewer: Pick<Viewer, "id">,
  chat: InChat,
  picture: { uploaderId: string; isSent: boolean; isDeleted: boolean },
): boolean =>
  may.read(viewer, chat) &&
  !picture.isDeleted &&
  (picture.isSent ? roleIn(viewer, chat) !== "moderator" : picture.uploaderId === viewer.id);

/**
 * Why somebody in a chat may not write there, if so. To whoever is blocked his message was not
 * delivered, and so it was to whoever blocks.
 */
export function whyNotPost(
  viewer: Pick<Viewer, "id">,
  chat: InChat,
): "notOpen" | "notDelivered" | null {
  if (may.post(viewer, chat)) return null;
  return isWritable(viewer, chat) ? "notDelivered" : "notOpen";
}

/** The one whom a side of a chat can block: the other side. */
export function otherSide<Person extends InChat["participants"][number]>(
  viewer: Pick<Viewer, "id">,
  { participants }: { participants: readonly Person[] },
): Person | undefined {
  const sides = participants.filter(({ role }) => role !== "moderator");
  const isSide = sides.some(({ id }) => id === viewer.id);
  return isSide ? sides.find(({ id }) => id !== viewer.id) : undefined;
}

const roleIn = (viewer: Pick<Viewer, "id">, chat: InChat) =>
  chat.participants.find(({ id }) => id === viewer.id)?.role;

const isWritable = (viewer: Pick<Viewer, "id">, chat: InChat) =>
  (chat.status === "open" && may.read(viewer, chat)) ||
  (chat.status === "frozen" && roleIn(viewer, chat) === "moderator");

/** Moderators are shut out by nobody. */
const isShutOut = (viewer: Pick<Viewer, "id">, chat: InChat) =>
  chat.isBlocked && roleIn(viewer, chat) !== "moderator";

const isRecentOwn = (
  viewer: Pick<Viewer, "id">,
  message: Written,
  now: Date,
  windowMs: number,
): boolean =>
  message.sender?.id === viewer.id &&
  message.deletedAt === null &&
  now.getTime() - Date.parse(message.createdAt) <= windowMs;
