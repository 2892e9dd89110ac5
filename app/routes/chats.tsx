import type { LoaderFunctionArgs } from "@remix-run/node";
import { Link, Outlet, useLoaderData, useParams } from "@remix-run/react";
import { readAsViewer } from "~/accounts/viewer.server";
import { useLiveList } from "~/chats/client/live-list";
import { listChats } from "~/chats/list.server";
import { listOnline } from "~/chats/online.server";
import { pageCursor } from "~/chats/page-cursor.server";
import { markAllDelivered } from "~/chats/positions.server";
import { marksRead } from "~/chats/reading.server";
import { searchText } from "~/chats/search-query";
import { db } from "~/db/db.server";
import { pack, unpack } from "~/http/packed";
import { listingsPath } from "~/http/paths";
import { environment } from "~/operations/environment.server";
import { buttonClass } from "~/ui/button";
import { ChatList, type Filter, filters, listPath, rowStill } from "~/ui/chat/chat-list";
import { useLanguage, useT } from "~/ui/i18n";
import { titled } from "~/ui/page-title";
import { Stills } from "~/ui/stills";

export const handle = titled({ id: "chats.title" });

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const url = new URL(request.url).searchParams;
  const q = searchText(url.get("q") ?? "");
  const filter = filters.find((one) => one === url.get("filter")) ?? "all";
  // On a chat's own page `after` pages through its messages.
  const after = params.chatId ? undefined : (url.get("after") ?? undefined);
  const size = environment().limitChatsPerPage;
  const { viewer, result } = await readAsViewer(request, async (db, viewer) => {
    void pageCursor(db);
    const reading = listChats(db, viewer, { filter, q, after, size });
    const chats = reading.then((list) => list.chats.map(({ chat }) => chat));
    const online = await listOnline(db, viewer, chats, context.isOnline);
    return { ...(await reading), online };
  });
  if (marksRead(request, context)) await markAllDelivered(db, viewer.id);
  return pack({ ...result, filter, q, isFirst: !after, viewerId: viewer.id, now: Date.now() });
}

export { shouldRevalidate } from "~/chats/client/revalidation";

export default function Chats() {
  const language = useLanguage();
  const { t } = language;
  const data = unpack(useLoaderData<typeof loader>());
  const rows = useLiveList(data);
  const { filter, q } = data;
  const { chatId } = useParams();
  const inChat = Boolean(chatId);
  // An open chat has the page's main heading.
  const Heading = inChat ? "h2" : "h1";
  const search = new URLSearchParams(listPath({ filter, q }).split("?")[1]).toString();
  const now = new Date(data.now);
  const stills = rows.map((row) =>
    rowStill({
      ...row,
      viewerId: data.viewerId,
      language,
      isOpen: row.chat.id === chatId,
      now,
      q,
      search,
    }),
  );
  return (
    <div data-app-shell data-in-chat={inChat || undefined} className="chats">
      <div
        className={`flex w-full flex-col border-line border-e bg-surface lg:w-92 lg:shrink-0 ${inChat ? "max-lg:hidden" : ""}`}
      >
        <Heading className="px-4 pt-4 font-semibold text-xl">{t("chats.title")}</Heading>
        <ChatList filter={filter} q={q}>
          <nav aria-label={t("chats.title")} className="min-h-0 flex-1 overflow-y-auto">
            {rows.length === 0 && <Empty filter={filter} q={q} />}
            <Stills as="ul" className="divide-y divide-line" stills={stills} />
            <p className="flex justify-center gap-2 p-3">
              {!data.isFirst && (
                <Link to={listPath({ filter, q })} className={buttonClass("secondary")}>
                  {t("chats.first")}
                </Link>
              )}
              {data.next && (
                <Link
                  to={listPath({ filter, q, after: data.next })}
                  className={buttonClass("secondary")}
                >
                  {t("chats.more")}
                </Link>
              )}
            </p>
          </nav>
        </ChatList>
      </div>
      <div className={`min-w-0 flex-1 ${inChat ? "" : "max-lg:hidden"}`}>
        <Outlet />
      </div>
    </div>
  );
}

function Empty({ filter, q }: { filter: Filter; q: string }) {
  const t = useT();
  return (
    <div className="flex flex-col items-center gap-4 px-6 py-12 text-center text-muted">
      <p className="[overflow-wrap:anywhere]">
        {q ? t("chats.empty.search", { q }) : t(`chats.empty.${filter}`)}
      </p>
      {!q && filter === "all" && (
        <Link to={listingsPath} className={buttonClass("primary")}>
          {t("chats.browse")}
        </Link>
      )}
    </div>
  );
}
