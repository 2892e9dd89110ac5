import { useT } from "~/ui/i18n";
import { Icon } from "~/ui/icon";

export default function NoChat() {
  const t = useT();
  return (
    <div className="flex h-full flex-col items-center justify-center gap-3 text-muted">
      <Icon className="icon-messages-square size-10" />
      <p>{t("chats.pick")}</p>
    </div>
  );
}
