import { Link } from "@remix-run/react";
import { settingsPath } from "~/http/paths";
import type { listBlocked } from "~/safety/blocks/list-blocked.server";
import { buttonClass } from "~/ui/button";
import { Avatar } from "~/ui/chat/avatar";
import { type Phrase, useLanguage } from "~/ui/i18n";
import { SettingsItem, SettingsList } from "./settings-list";

type Props = {
  blocked: Awaited<ReturnType<typeof listBlocked>>;
  /** Whether these are the latest. */
  isFirst: boolean;
  isUnblocked: boolean;
  errors?: Phrase[];
};

/** Whom one blocks, each to be unblocked. */
export function BlockedPeople({ blocked: { people, next }, isFirst, isUnblocked, errors }: Props) {
  const { t, format } = useLanguage();
  return (
    <SettingsList
      id="blocked"
      title={t("settings.blocked")}
      intro={t("settings.blockedText")}
      done={isUnblocked && t("settings.unblocked")}
      errors={errors}
      before={people.length === 0 && <p>{t("settings.nobodyBlocked")}</p>}
      after={
        (next || !isFirst) && (
          <p className="flex flex-wrap gap-3">
            {!isFirst && (
              <Link to={`${settingsPath}#blocked`} className={buttonClass("secondary")}>
                {t("settings.firstBlocked")}
              </Link>
            )}
            {next && (
              <Link
                to={`${settingsPath}?${new URLSearchParams({ blocked: next })}#blocked`}
                className={buttonClass("secondary")}
              >
                {t("settings.moreBlocked")}
              </Link>
            )}
          </p>
        )
      }
    >
      {people.map(({ id, name, since }) => (
        <SettingsItem
          key={id}
          picture={<Avatar id={id} name={name} />}
          name={<bdi>{name}</bdi>}
          detail={t("settings.blockedSince", { at: format.moment(new Date(since)) })}
          ending={{
            field: "personId",
            value: id,
            intent: "unblock",
            button: t("settings.unblockShort"),
            label: t("settings.unblock", { name }),
          }}
        />
      ))}
    </SettingsList>
  );
}
