import { Link, useRevalidator } from "@remix-run/react";
import { useEffect, useRef } from "react";
import { chatPath, transcriptPath } from "~/http/paths";
import { useLive } from "~/live/client/live";
import type { SideView } from "~/moderation/disputes/side-view.server";
import { useNow } from "~/ui/admin/use-now";
import { useT } from "~/ui/i18n";
import { Icon } from "~/ui/icon";
import { Appeal } from "./appeal";
import type { Refused } from "./claim-form";
import { OpenForm } from "./open-form";
import { Outcome } from "./outcome";
import { UnderWay } from "./under-way";

export type SidePageView = SideView & {
  /** In ms since 1970. */
  now: number;
  hours: { firstLook: number; decision: number };
  appealDays: number;
  mostPictures: number;
};

type Props = { view: SidePageView; refused?: Refused };

/** The dispute of a chat for one of its participants: to open it, and to see how it stands. */
export function SidePage({ view, refused }: Props) {
  const t = useT();
  const now = useNow(view.now);
  const { chat, mayOpen, mayAppeal } = view;
  const { dispute } = chat;
  useFreshness(view);
  const isUnderWay = dispute && dispute.status !== "resolved";
  const intent = refused?.form?.initialValue?.intent;
  return (
    <div className="flex h-full flex-col">
      <header className="flex items-center gap-2 border-line border-b bg-surface px-2 py-2 md:px-4">
        <Link
          to={chatPath(chat.id)}
          aria-label={t("claim.back")}
          className="flex size-11 shrink-0 items-center justify-center rounded-xl hover:bg-sunken"
        >
          <Icon className="icon-chevron-left size-6 rtl:-scale-x-100" />
        </Link>
        <div className="min-w-0">
          <h1 className="font-semibold">{t("claim.title")}</h1>
          <p dir="auto" className="truncate text-muted text-sm">
            {chat.subject.title}
          </p>
        </div>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto max-w-2xl space-y-6 px-4 py-6">
          {isUnderWay && <UnderWay view={view} dispute={dispute} now={now} refused={refused} />}
          {dispute?.status === "resolved" && <Outcome dispute={dispute} own={view.own} />}
          {mayAppeal && dispute?.appealUntil && (
            <Appeal
              until={dispute.appealUntil}
              mostPictures={view.mostPictures}
              refused={intent === "appeal" ? refused : undefined}
            />
          )}
          {mayOpen && <OpenForm view={view} refused={intent === "dispute" ? refused : undefined} />}
          <p className="text-sm">
            <Link to={transcriptPath(chat.id)} className="underline underline-offset-2">
              {t("ownTranscript.get")}
            </Link>
          </p>
        </div>
      </div>
    </div>
  );
}

/** Reads the page again when the stream tells that something became of the dispute. */
function useFreshness({ chat }: SideView): void {
  const live = useLive();
  const { revalidate } = useRevalidator();
  const { version } = live.chatNow(chat);
  const read = useRef(chat.version);
  useEffect(() => {
    if (version <= Math.max(read.current, chat.version)) return;
    read.current = version;
    revalidate();
  }, [version, chat.version, revalidate]);
}
