import type { Viewer } from "~/accounts/viewer";
import type { Chat } from "./chat";
import type { Message, ParticipantRole } from "./message";

type InChat = Pick<Chat, "status" | "privateThread"> & {
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

  /** A frozen chat is for moderators alone. */
  post: (viewer: Pick<Viewer, "id">, chat: InChat) =>
    (chat.status === "open" && may.read(viewer, chat)) ||
    (chat.status === "frozen" && roleIn(viewer, chat) === "moderator"),

  /**
   * One that waits for its message is its uploader's alone; one of a message goes with it. What a
   * moderator opens is noted, so that he gets it by his case.
   */
  seePicture: (
    viewer: Pick<Viewer, "id">,
    chat: InChat,
    picture: { uploaderId: string; isSent: boolean; isDeleted: boolean },
  ) =>
    may.read(viewer, chat) &&
    !picture.isDeleted &&
    (picture.isSent ? roleIn(viewer, chat) !== "moderator" : picture.uploaderId === viewer.id),

  /** A private thread is moderators' to close. */
  close: (viewer: Pick<Viewer, "id">, chat: InChat) =>
    may.post(viewer, chat) && (!chat.privateThread || roleIn(viewer, chat) === "moderator"),

  /**
   * The words of a message: those beside pictures too, but not the pictures.
   *
   * @param windowMs how long after sending an edit is allowed
   */
  edit: (viewer: Pick<Viewer, "id">, chat: InChat, message: Written, now: Date, windowMs: number) =>
    mayTouch(viewer, chat, message, now, windowMs),

  /** @param windowMs how long after sending it can be taken back */
  unsend: (
    viewer: Pick<Viewer, "id">,
    chat: InChat,
    message: Written,
    now: Date,
    windowMs: number,
  ) => mayTouch(viewer, chat, message, now, windowMs),
};

const roleIn = (viewer: Pick<Viewer, "id">, chat: InChat) =>
  chat.participants.find(({ id }) => id === viewer.id)?.role;

function mayTouch(
  viewer: Pick<Viewer, "id">,
  chat: InChat,
  message: Written,
  now: Date,
  windowMs: number,
) {
  return (
    may.post(viewer, chat) &&
    message.sender?.id === viewer.id &&
    message.deletedAt === null &&
    now.getTime() - Date.parse(message.createdAt) <= windowMs
  );
}
