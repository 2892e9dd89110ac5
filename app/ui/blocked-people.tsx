import { Form, Link, useNavigation } from "@remix-run/react";
import { settingsPath } from "~/http/paths";
import type { listBlocked } from "~/safety/blocks/list-blocked.server";
import { Button, buttonClass } from "./button";
import { Card } from "./card";
import { Avatar } from "./chat/avatar";
import { FormErrors } from "./field";
import { type Phrase, useLanguage } from "./i18n";

type Props = {
  blocked: Awaited<ReturnType<typeof listBlocked>>;
  /** Whether these are the latest. */
  isFirst: boolean;
  isUnblocked: boolean;
  errors?: Phrase[];
};

/** Whom one blocks, each to be unblocked. */
export function BlockedPeople({ blocked: { people, next }, isFirst, ...props }: Props) {
  const { t, format } = useLanguage();
  const isBusy = useNavigation().state !== "idle";
  return (
    <Card className="mt-4 max-w-2xl p-5 md:p-6">
      <section id="blocked" aria-labelledby="blocked-title" className="scroll-mt-20">
        <h2 id="blocked-title" className="font-semibold text-lg">
          {t("settings.blocked")}
        </h2>
        <p className="mt-1 text-muted text-sm">{t("settings.blockedText")}</p>
        <FormErrors id="blocked-error" errors={props.errors} />
        <p role="status" className="text-accent text-sm">
          {props.isUnblocked && t("settings.unblocked")}
        </p>
        {people.length === 0 && <p className="mt-4">{t("settings.nobodyBlocked")}</p>}
        <ul className="mt-2 divide-y divide-line">
          {people.map(({ id, name, since }) => (
            <li key={id} className="flex flex-wrap items-center gap-3 py-3">
              <Avatar id={id} name={name} />
              <div className="min-w-0 flex-1 basis-40">
                <p className="truncate font-medium">
                  <bdi>{name}</bdi>
                </p>
                <p className="text-muted text-sm">
                  {t("settings.blockedSince", { at: format.moment(new Date(since)) })}
                </p>
              </div>
              <Form method="post" preventScrollReset>
                <input type="hidden" name="personId" value={id} />
                <Button
                  variant="secondary"
                  name="intent"
                  value="unblock"
                  disabled={isBusy}
                  aria-label={t("settings.unblock", { name })}
                >
                  {t("block.unblock")}
                </Button>
              </Form>
            </li>
          ))}
        </ul>
        {(next || !isFirst) && (
          <p className="mt-3 flex flex-wrap gap-3">
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
        )}
      </section>
    </Card>
  );
}
