import { useT } from "../i18n";
import { Icon } from "../icon";
import { Calm } from "./calm";

/** The same for what does not exist and for what is not the viewer's. */
export default function NotFoundPage() {
  const t = useT();
  return (
    <Calm
      icon={<Icon className="icon-search-x size-10" />}
      title={t("error.notFoundTitle")}
      text={t("error.notFoundText")}
    />
  );
}
