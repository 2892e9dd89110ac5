import { Link } from "@remix-run/react";
import { useState } from "react";
import type { Message } from "~/chats/message";
import { loadRoute } from "~/http/client/route-fetch";
import { type Packed, unpack } from "~/http/packed";
import { chatPath } from "~/http/paths";
import { buttonClass } from "~/ui/button";
import { useT } from "~/ui/i18n";

type Props = { chatId: string; first: number; onLoaded: (messages: Message[]) => void };

/** A link to the page before; scripts put that page on top of this one instead. */
export function OlderMessages({ chatId, first, onLoaded }: Props) {
  const t = useT();
  const [state, setState] = useState<"idle" | "loading" | "failed">("idle");

  async function load() {
    setState("loading");
    const path = `${chatPath(chatId)}?before=${first}`;
    const answer = await loadRoute<Packed<{ messages: Message[] }>>(path, "routes/chat");
    setState(answer.kind === "data" ? "idle" : "failed");
    if (answer.kind === "data") onLoaded(unpack(answer.data).messages);
  }

  return (
    // What is read has to stay in its place when the page before comes on top, not this link.
    <div className="flex flex-col items-center gap-2 p-3 [overflow-anchor:none]">
      {state === "failed" && (
        <p role="alert" className="text-danger text-sm">
          {t("chat.olderFailed")}
        </p>
      )}
      <Link
        to={`?before=${first}`}
        aria-busy={state === "loading"}
        className={buttonClass("secondary")}
        onClick={(event) => {
          event.preventDefault();
          if (state !== "loading") void load();
        }}
      >
        {t(state === "loading" ? "chat.loadingOlder" : "chat.olderMessages")}
      </Link>
    </div>
  );
}
