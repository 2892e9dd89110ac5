import { NotTaken } from "~/jobs/deliver-once.server";

/** A mail as it leaves: everything but from whom, which is the mailer's own. */
export type Mail = {
  to: { name: string; address: string };
  subject: string;
  text: string;
  html: string;
  /** Without angle brackets; the same mail has the same one, however often it is tried. */
  messageId: string;
  /** Of an earlier mail that it goes on with. */
  references?: string;
  list: { id: string; name: string };
  /** Where one request, without cookies, ends mails of its kind. */
  unsubscribeUrl?: string;
};

export type Sending = {
  /** Called, and waited for, right before the other side can have taken the mail. */
  handOver: () => Promise<void>;
  /** Ends what is not handed over yet. */
  signal?: AbortSignal;
};

/** How mails leave this Parley. */
export type Mailer = {
  way: "smtp" | "folder";
  /**
   * @throws NotTaken where nobody took it and it may be tried again, Refused where trying again gives
   *   the same; with anything else after it was handed over nobody knows
   */
  send(mail: Mail, sending: Sending): Promise<void>;
  close(): void;
};

/** The other side will not take this mail, ever: there is no such address, for one. */
export class Refused extends NotTaken {
  override name = "Refused";
}
