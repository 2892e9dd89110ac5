import { MessagesSquare } from "lucide-react";
import { useT } from "~/ui/i18n";

export default function NoChat() {
  const t = useT();
  return (
    <div className="flex h-full flex-col items-center justify-center gap-3 text-muted">
      <MessagesSquare aria-hidden className="size-10" />
      <p>{t("chats.pick")}</p>
    </div>
  );
}
