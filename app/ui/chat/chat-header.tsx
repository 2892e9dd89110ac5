import { type Chat, namesOfOthers } from "~/chats/chat";
import { may } from "~/chats/permissions";
import {
  blockPath,
  chatPath,
  chatsPath,
  disputePath,
  listingPath,
  mutePath,
  reportPath,
} from "~/http/paths";
import { StageLabel } from "~/subjects/stage-label";
import { followed } from "~/ui/followed-links";
import { useFormat, useLanguage, useT } from "~/ui/i18n";
import { Icon } from "~/ui/icon";
import { Menu } from "~/ui/menu";
import { OneLine } from "~/ui/one-line";
import { Stills } from "~/ui/stills";
import { SubjectPicture } from "~/ui/subject-picture";
import { mutedMark } from "./muted-mark";
import { type CardWords, PersonMenu } from "./person-card";

type Props = {
  chat: Chat;
  viewerId: string;
  /** Of the other side; null where there is none, or it is gone. */
  card: CardWords | null;
  isOnline: boolean;
  archived: boolean;
  mayClose: boolean;
};

/** Whom one talks to and about what: in view all the time. */
export function ChatHeader(props: Props) {
  const { key } = useLanguage();
  const { chat, viewerId, ...rest } = props;
  const { id, subject, dispute, isBlocked, mutedUntil } = chat;
  const names = namesOfOthers(chat, viewerId);
  const shown = [id, subject, dispute !== null, isBlocked, mutedUntil, names, rest];
  const head = {
    id,
    key: JSON.stringify(["head", key, shown]),
    make: () => <Head {...props} />,
  };
  return <Stills as="header" className="chat-head" stills={[head]} />;
}

/** Its links are plain: the page follows them. */
function Head({ chat, viewerId, card, isOnline, archived, mayClose }: Props) {
  const t = useT();
  const { price } = useFormat();
  const { subject } = chat;
  const act = (intent: "archive" | "unarchive" | "unmute") => (
    <form method="post" action={chatPath(chat.id)} {...followed}>
      <button type="submit" name="intent" value={intent} className="menu-item">
        {t(`chat.act.${intent}`)}
      </button>
    </form>
  );
  return (
    <>
      <a href={chatsPath} {...followed} aria-label={t("chat.back")} className="chat-back">
        <Icon className="icon-chevron-left size-6 rtl:-scale-x-100" />
      </a>
      <SubjectPicture picture={subject.picture} className="size-11 shrink-0 rounded-xl" />
      <div className="relative min-w-0 flex-1">
        <div className="chat-who">
          <h1 className="min-w-0 font-semibold">
            <OneLine>{namesOfOthers(chat, viewerId)}</OneLine>
          </h1>
          {card && <PersonMenu card={card} name={namesOfOthers(chat, viewerId)} />}
          {mutedMark(chat, t)}
          {isOnline && <p className="chat-online">{t("chat.online")}</p>}
        </div>
        <p className="chat-who text-muted text-sm">
          <a
            href={listingPath(subject.reference)}
            {...followed}
            dir="auto"
            className="chat-subject"
          >
            {subject.title}
          </a>
          <span className="chat-price">{price(subject.priceAmount, subject.priceCurrency)}</span>
          <span className="shrink-0 max-sm:hidden">
            <StageLabel stage={subject.stage} />
          </span>
        </p>
      </div>
      <Menu
        label={t("chat.menu")}
        summaryClass="size-11 rounded-xl"
        panelClass="end-0 top-full w-52"
        iconClass="icon-ellipsis-vertical"
      >
        <p className="px-4 py-2 sm:hidden">
          <StageLabel stage={subject.stage} />
        </p>
        {act(archived ? "unarchive" : "archive")}
        {chat.mutedUntil ? (
          act("unmute")
        ) : (
          <a href={mutePath(chat.id)} {...followed} className="menu-item">
            {t("chat.mute")}
          </a>
        )}
        {!chat.privateThread && (
          <a href={disputePath(chat.id)} {...followed} className="menu-item">
            {t("chat.dispute.menu", { exists: String(chat.dispute !== null) })}
          </a>
        )}
        {may.block({ id: viewerId }, chat) && (
          <>
            <a href={reportPath(chat.id)} {...followed} className="menu-item">
              {t("chat.reportPerson")}
            </a>
            {!chat.isBlocked && (
              <a href={blockPath(chat.id)} {...followed} className="menu-item">
                {t("chat.block")}
              </a>
            )}
          </>
        )}
        {mayClose && (
          <a href="?closing=1" className="menu-item text-danger">
            {t("chat.close")}
          </a>
        )}
      </Menu>
    </>
  );
}
