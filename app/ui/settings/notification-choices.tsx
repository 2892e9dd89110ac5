import { alwaysMailed, channels, choiceKinds } from "~/notifications/choices";
import { Field, Select } from "~/ui/field";
import { type Phrase, useT } from "~/ui/i18n";
import { Switch } from "~/ui/switch";
import { SettingsSection } from "./settings-section";

type Props = {
  /** What stands in the form, by the names of its fields; a switch that is off is not there. */
  fields: Record<string, string | undefined>;
  timeZones: readonly string[];
  /** Where mails go, if anywhere. */
  mailWay: "smtp" | "folder" | "none";
  isSaved: boolean;
  /** By field; "" of the form as a whole. */
  errors?: Record<string, Phrase[]>;
};

const contents = ["full", "sender", "nothing"] as const;

/** What reaches a person outside of Parley's pages: of which kind, by which way, how much, and when. */
export function NotificationChoices({ fields, timeZones, mailWay, isSaved, errors }: Props) {
  const t = useT();
  const isOn = (name: string) => fields[name] !== undefined;
  const field = (id: string) => ({ id, name: id, errors: errors?.[id] });
  return (
    <SettingsSection
      intent="notifications"
      title={t("settings.notifications")}
      button={t("settings.saveNotifications")}
      isSaved={isSaved}
      errors={errors?.[""]}
    >
      <p className="text-pretty text-muted text-sm">{t("settings.notificationsText")}</p>
      {mailWay !== "smtp" && <p className="text-pretty text-sm">{t(`settings.mail.${mailWay}`)}</p>}
      <Kinds isOn={isOn} />
      <div className="grid gap-4 sm:grid-cols-2">
        {(["pushContent", "mailContent"] as const).map((name) => (
          <Select
            key={name}
            {...field(name)}
            label={t(`settings.field.${name}`)}
            defaultValue={fields[name]}
          >
            {contents.map((one) => (
              <option key={one} value={one}>
                {t(`settings.content.${one}`)}
              </option>
            ))}
          </Select>
        ))}
      </div>
      <Switch
        name="sound"
        label={t("settings.sound")}
        hint={t("settings.soundText")}
        defaultChecked={isOn("sound")}
      />
      <fieldset className="space-y-4">
        <legend className="sr-only">{t("settings.quiet")}</legend>
        <Switch
          name="quiet"
          label={t("settings.quiet")}
          hint={t("settings.quietText")}
          defaultChecked={isOn("quiet")}
        />
        <div className="grid grid-cols-2 gap-4 sm:grid-cols-[8rem_8rem_minmax(0,1fr)]">
          {(["quietFrom", "quietTo"] as const).map((name) => (
            <Field
              key={name}
              {...field(name)}
              type="time"
              label={t(`settings.field.${name}`)}
              defaultValue={fields[name]}
            />
          ))}
          <div className="col-span-full sm:col-span-1">
            <TimeZones {...field("timeZone")} chosen={fields.timeZone ?? "UTC"} all={timeZones} />
          </div>
        </div>
      </fieldset>
    </SettingsSection>
  );
}

/** A row for each kind, a column for each way. */
function Kinds({ isOn }: { isOn: (name: string) => boolean }) {
  const t = useT();
  return (
    <table className="w-full">
      <thead>
        <tr className="border-line border-b text-muted text-sm">
          <th scope="col" className="py-2 text-start font-medium">
            {t("settings.kind")}
          </th>
          {channels.map((channel) => (
            <th key={channel} scope="col" id={`by-${channel}`} className="w-16 py-2 font-medium">
              {t(`settings.channel.${channel}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="divide-y divide-line">
        {choiceKinds.map((kind) => (
          <tr key={kind}>
            <th scope="row" className="py-2 pe-3 text-start font-normal">
              <span id={`of-${kind}`}>{t(`settings.kind.${kind}`)}</span>
              {kind === "message" && (
                <span className="block text-pretty text-muted text-sm">
                  {t("settings.kind.messageText")}
                </span>
              )}
            </th>
            {channels.map((channel) => {
              const isAlways = channel === "mail" && alwaysMailed.includes(kind);
              return (
                <td key={channel} className="p-0 align-middle">
                  <label className="mx-auto flex size-11 cursor-pointer items-center justify-center rounded-xl hover:bg-sunken has-disabled:cursor-default has-disabled:hover:bg-transparent">
                    <input
                      type="checkbox"
                      name={`${channel}_${kind}`}
                      defaultChecked={isAlways || isOn(`${channel}_${kind}`)}
                      disabled={isAlways}
                      aria-labelledby={`of-${kind} by-${channel}`}
                      aria-describedby={isAlways ? "always-mailed" : undefined}
                      className="size-5 accent-accent"
                    />
                  </label>
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
      <caption id="always-mailed" className="caption-bottom pt-2 text-start text-muted text-sm">
        {t("settings.always")}
      </caption>
    </table>
  );
}

type ZoneProps = {
  id: string;
  name: string;
  errors?: Phrase[];
  chosen: string;
  all: readonly string[];
};

/** By continent, because there are hundreds. A browser may know one by a name that is not listed. */
function TimeZones({ chosen, all, ...field }: ZoneProps) {
  const t = useT();
  const areas = new Map<string, string[]>();
  for (const zone of all) {
    const area = zone.split("/", 1)[0] ?? "";
    areas.set(area, [...(areas.get(area) ?? []), zone]);
  }
  return (
    <Select key={chosen} {...field} label={t("settings.timeZone")} defaultValue={chosen}>
      {!all.includes(chosen) && <option value={chosen}>{chosen}</option>}
      {[...areas].map(([area, zones]) => (
        <optgroup key={area} label={area}>
          {zones.map((zone) => (
            <option key={zone} value={zone}>
              {zone.slice(zone.indexOf("/") + 1).replaceAll("_", " ")}
            </option>
          ))}
        </optgroup>
      ))}
    </Select>
  );
}
