import type { SendAnswer } from "~/chats/client/outbox";
import type { PostAnswer } from "~/http/client/post-form";
import type { PickedPicture } from "./picked-picture";
import { picturesOf } from "./picture-store";
import { uploadForm } from "./upload";
import { partsOf, uploadsOf } from "./uploads";

/** What came back, and what is known of each picture now. */
type Posted = PostAnswer<SendAnswer> & { pictures?: PickedPicture[] };

/** 4xx, so that the outbox takes it for decided: only its sender sends it again. */
const decided = 499;

/**
 * Sends a message with pictures: those that the server has by their ids, the others as files. Stands
 * beside `postForm` and answers as it does.
 *
 * @param fields `sender` says whose pictures they are, `clientId` which message it is
 */
export async function postPictures(
  path: string,
  fields: Record<string, string>,
  pictures: readonly PickedPicture[],
): Promise<Posted> {
  const { sender = "", clientId = "" } = fields;
  const store = picturesOf(sender);
  const ordered = inSentOrder(pictures);
  const files = ordered.filter(({ kept }) => !kept);
  const blobs = await Promise.all(files.map(({ id }) => store.read(id)));
  const lost = files.filter((_, at) => !blobs[at]);
  if (lost.length) return withReason(pictures, lost);

  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  for (const { kept } of ordered) if (kept) form.append("kept", kept.id);
  for (const { alt } of ordered) form.append("alt", alt);
  // The names that files have on somebody's telephone are nobody's business.
  for (const [at, blob] of blobs.entries()) if (blob) form.append("images", blob, `${at + 1}`);

  const uploads = uploadsOf(sender);
  const signal = uploads.begin(clientId);
  uploads.tell(clientId, partsOf(ordered, 0, 0));
  const answer = await uploadForm<SendAnswer>(path, form, {
    signal,
    onProgress: (loaded, total) => uploads.tell(clientId, partsOf(ordered, loaded, total)),
  });
  uploads.end(clientId);
  const { data } = answer;
  if (data && "sent" in data && data.sent) void store.remove(pictures.map(({ id }) => id));
  else if (signal.aborted) return stopped;
  if (!data || !("pictures" in data) || !data.pictures) return answer;
  const told = new Map(data.pictures.map((one) => [one.index, one]));
  // So many that the next may go in an hour: nothing to wait for behind the sender's back.
  const status = answer.status === 429 ? decided : answer.status;
  return {
    ...answer,
    status,
    pictures: ordered.map((one, at) => {
      const { refused, kept = one.kept } = told.get(at) ?? {};
      // One that the server has no longer goes as a file next time.
      return { ...one, refused, kept: refused ? undefined : kept };
    }),
  };
}

/** Of a message that is given up, or that its chat shows by now. */
export function forgetPictures(
  userId: string,
  clientId: string,
  pictures: readonly PickedPicture[],
): void {
  uploadsOf(userId).stop(clientId);
  void picturesOf(userId).remove(pictures.map(({ id }) => id));
}

const stopped: Posted = {
  status: decided,
  retryAfter: 0,
  data: { refused: { id: "picture.stopped" } },
};

function withReason(pictures: readonly PickedPicture[], lost: PickedPicture[]): Posted {
  const refused = { id: "picture.lost" } as const;
  return {
    status: decided,
    retryAfter: 0,
    data: { refused },
    pictures: pictures.map((one) => (lost.includes(one) ? { ...one, refused } : one)),
  };
}

/** The server takes those that it has first. */
export function inSentOrder(pictures: readonly PickedPicture[]): PickedPicture[] {
  return [...pictures.filter(({ kept }) => kept), ...pictures.filter(({ kept }) => !kept)];
}
