import type { Phrase } from "~/ui/i18n";
import type { Attachment } from "../attachment";

/** A picture that its sender chose; its bytes lie in the browser's store under its id. */
export type PickedPicture = {
  id: string;
  /** Of its file; shown to the sender alone. */
  name: string;
  /** What the browser takes it for. */
  type: string;
  bytes: number;
  /** What it shows, in the sender's words; may be empty. */
  alt: string;
  /** The server has it already, from a try that it refused for another picture. */
  kept?: Attachment;
  /** Why it cannot be sent. */
  refused?: Phrase;
};
