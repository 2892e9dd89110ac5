import { useRevalidator } from "@remix-run/react";
import { Suspense, useEffect, useState } from "react";
import type { PushDevice } from "~/notifications/push/subscriptions.server";
import { comingApart } from "~/ui/client-catalogs";
import { type Phrase, useLanguage } from "~/ui/i18n";
import { Icon } from "~/ui/icon";
import { iconOf, nameOf } from "./browser-look";
import { SettingsItem, SettingsList } from "./settings-list";

/** Only a browser knows how its pushes stand. */
const PushSwitch = import.meta.env.SSR
  ? () => null
  : comingApart("push", () => import("~/ui/push/push-switch"));

type Props = {
  devices: PushDevice[];
  isRevoked: boolean;
  errors?: Phrase[];
};

/** The browsers that are pushed to, each to be ended from any; this one is turned on and off here. */
export function PushDevices({ devices, isRevoked, errors }: Props) {
  const { t, format } = useLanguage();
  const { revalidate } = useRevalidator();
  const [isScripted, setScripted] = useState(false);
  useEffect(() => setScripted(true), []);
  const isOn = devices.some(({ isThis }) => isThis);
  return (
    <SettingsList
      id="push-devices"
      title={t("settings.devices")}
      intro={t("settings.devicesText")}
      done={isRevoked && t("settings.deviceEnded")}
      errors={errors}
      before={
        isScripted ? (
          <Suspense>
            {/* What was ended from elsewhere, or in this list, is asked for anew. */}
            <PushSwitch key={String(isOn)} onChange={revalidate} />
          </Suspense>
        ) : (
          <noscript>
            <p className="text-sm">{t("settings.devicesNeedScripts")}</p>
          </noscript>
        )
      }
    >
      {devices.map((device) => {
        const { id, isThis, lastPushAt, since } = device;
        const name = nameOf(device) ?? t("settings.unknownDevice");
        return (
          <SettingsItem
            key={id}
            picture={<Icon className={`${iconOf(device)} size-6 shrink-0 text-muted`} />}
            name={isThis ? `${name} ${t("settings.thisDevice")}` : name}
            detail={
              lastPushAt
                ? t("settings.lastPush", { at: format.moment(new Date(lastPushAt)) })
                : t("settings.deviceSince", { at: format.moment(new Date(since)) })
            }
            ending={{
              field: "subscriptionId",
              value: id,
              intent: "revokePush",
              button: t("settings.endDevice"),
              label: t("settings.endDeviceNamed", { name }),
            }}
          />
        );
      })}
    </SettingsList>
  );
}
