import type { Notification } from "./notify.server";
import { Presence, type PresenceSource } from "./presence.server";
import { Privacy, type PrivacySource, type Sharing } from "./privacy.server";
import type { Stream } from "./stream.server";
import type { Streams } from "./streams.server";
import { offerTyping } from "./typing.server";

export type PeopleSource = PrivacySource & PresenceSource;

/** A chat has its first message by then: the two in it may be new to each other. */
const youngVersion = 2;

/** What the streams of an instance say of people: who types, who is there, who keeps what to himself. */
export class People {
  private readonly presence: Presence;
  private readonly privacy: Privacy;

  constructor(
    private readonly streams: Streams,
    source: PeopleSource,
    private readonly onError: (error: unknown) => void,
    now: () => number = () => performance.now(),
  ) {
    this.presence = new Presence(source, onError, now);
    this.privacy = new Privacy(source, streams, (sharing) => this.share(sharing));
  }

  isOnline(userId: string): boolean {
    return this.presence.isOnline(userId);
  }

  /** Resolves when the stream knows what its reader may see of others. */
  opened(stream: Stream): Promise<void> {
    return this.privacy.settle(stream);
  }

  closed(stream: Stream): void {
    this.presence.leave(stream);
  }

  receive(notification: Notification): void {
    if (notification.kind === "typing") {
      offerTyping(notification, (userId) => this.streams.of(userId));
    } else if (notification.kind === "person-changed") {
      for (const stream of this.streams.of(notification.userId)) stream.write("resync", {});
    } else if (notification.kind === "presence") {
      this.presence.receive(notification);
    } else if (notification.kind === "acquaintance") {
      this.presence.lookAgain(notification.userIds);
    } else if (notification.kind === "privacy") {
      const { userId, sharesPresence } = notification;
      const isHere = this.streams.of(userId).length > 0;
      if (!sharesPresence && !isHere) this.presence.hide(userId);
      this.privacy.changed(userId).catch(this.onError);
    } else if ("version" in notification && notification.version <= youngVersion) {
      this.presence.met(notification.userIds);
    }
  }

  listening(): void {
    this.presence.listening();
    this.privacy.listening().catch(this.onError);
  }

  /** To be called a few times a second: what has gathered since is told. */
  flush(): Promise<void> {
    return this.presence.flush();
  }

  private share({ userId, reads, presence }: Sharing): void {
    for (const stream of this.streams.of(userId)) {
      const isFirst = stream.sharesReads === null;
      const isSame = stream.sharesReads === reads && this.presence.has(stream) === presence;
      stream.sharesReads = reads;
      // What he was shown, or not, is on his pages: they are read again.
      if (!isFirst && !isSame) stream.write("resync", {});
      if (presence) this.presence.enter(stream);
    }
    if (!presence) this.presence.hide(userId);
  }
}
