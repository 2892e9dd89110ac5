import type { SignInDevice } from "~/accounts/devices.server";
import { useLanguage } from "~/ui/i18n";
import { Icon } from "~/ui/icon";
import { iconOf, nameOf } from "./browser-look";
import { SettingsItem, SettingsList } from "./settings-list";

/** The browsers that one signed in with: whoever is told of a strange one looks here. */
export function SignIns({ devices }: { devices: SignInDevice[] }) {
  const { t, format } = useLanguage();
  const moment = (at: string) => format.moment(new Date(at));
  return (
    <SettingsList id="devices" title={t("settings.signIns")} intro={t("settings.signInsText")}>
      {devices.map((device) => {
        const name = nameOf(device) ?? t("settings.unknownDevice");
        return (
          <SettingsItem
            key={device.id}
            picture={<Icon className={`${iconOf(device)} size-6 shrink-0 text-muted`} />}
            name={device.isThis ? `${name} ${t("settings.thisDevice")}` : name}
            detail={
              device.since === device.lastAt
                ? moment(device.since)
                : t("settings.signInTimes", {
                    first: moment(device.since),
                    last: moment(device.lastAt),
                  })
            }
          />
        );
      })}
    </SettingsList>
  );
}
