import { Form, Link, useNavigation } from "@remix-run/react";
import { adminChatPath, userPath } from "~/http/paths";
import { partOf, type RefusedForm } from "~/http/refused-form";
import type { LegalHold } from "~/retention/hold";
import type { readHoldsPage } from "~/retention/holds-page.server";
import { Button } from "~/ui/button";
import { Field, FormErrors, TextArea } from "~/ui/field";
import { useLanguage, useT } from "~/ui/i18n";
import { Panel } from "../panel";
import { HoldLine } from "./hold-line";

type Page = NonNullable<Awaited<ReturnType<typeof readHoldsPage>>> & { draftId: string };
type Props = { page: Page; refused?: RefusedForm };

/** What holds a chat or a person: all of it, and what admins place and lift. */
export function HoldsPageView({ page, refused }: Props) {
  const t = useT();
  const { about, holds, legalHolds } = page;
  const back = about.chatId ? adminChatPath(about.chatId) : userPath(about.userId ?? "");
  return (
    <div className="mx-auto mt-5 max-w-3xl space-y-4">
      <h1 className="font-semibold text-2xl tracking-tight">
        {t(about.chatId ? "retention.holds.ofChat" : "retention.holds.ofPerson")}{" "}
        <Link to={back} className="text-accent underline [overflow-wrap:anywhere]">
          <bdi>{about.title}</bdi>
        </Link>
      </h1>
      <Panel id="now" title={t("retention.holds.now")}>
        {holds.length === 0 && <p className="text-muted">{t("retention.holds.none")}</p>}
        <ul className="text-sm">
          {holds.map((hold) => (
            <HoldLine key={hold.id} hold={hold} />
          ))}
        </ul>
      </Panel>
      <Placing page={page} refused={refused} />
      {legalHolds.length > 0 && (
        <Panel id="legal" title={t("retention.legalHolds")}>
          <ul className="divide-y divide-line">
            {legalHolds.map((hold) => (
              <li key={hold.id} className="py-3 first:pt-0 last:pb-0">
                <OneHold hold={hold} refused={refused} />
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </div>
  );
}

function Placing({ page, refused }: Props) {
  const t = useT();
  const isBusy = useNavigation().state !== "idle";
  const { errors, typed } = partOf(refused, "place");
  return (
    <Panel id="place" title={t("retention.hold.place")}>
      <p className="text-pretty text-muted text-sm">
        {t(page.about.chatId ? "retention.hold.placeChat" : "retention.hold.placePerson")}
      </p>
      <Form method="post" className="mt-4 space-y-4">
        <FormErrors id="place-error" errors={errors[""]} />
        <input type="hidden" name="id" value={typed.id ?? page.draftId} />
        <TextArea
          id="reason"
          name="reason"
          required
          label={t("retention.hold.reason")}
          hint={t("retention.hold.reasonHint")}
          errors={errors.reason}
          defaultValue={typed.reason}
        />
        <Field
          id="until"
          name="until"
          type="date"
          label={t("retention.hold.ends")}
          hint={t("retention.hold.endsHint")}
          errors={errors.until}
          defaultValue={typed.until}
        />
        <Button name="intent" value="place" disabled={isBusy}>
          {t("retention.hold.place")}
        </Button>
      </Form>
    </Panel>
  );
}

function OneHold({ hold, refused }: { hold: LegalHold; refused?: RefusedForm }) {
  const { t, format } = useLanguage();
  const isBusy = useNavigation().state !== "idle";
  const mine = refused?.typed.id === hold.id ? refused : undefined;
  const { errors, typed } = partOf(mine, "lift");
  const moment = (time: string) => format.moment(new Date(time));
  const { id, reason, placedBy, placedAt, endsAt, lifted, isInForce } = hold;
  return (
    <div className="text-sm">
      <p className="font-medium [overflow-wrap:anywhere]" dir="auto">
        {reason}
      </p>
      <p className="text-muted">
        {t("retention.hold.placedBy", { by: placedBy, at: moment(placedAt) })}{" "}
        {endsAt ? t("retention.hold.until", { at: moment(endsAt) }) : t("retention.hold.open")}
      </p>
      {lifted && (
        <p className="text-muted">
          {t("retention.hold.liftedBy", { by: lifted.by, at: moment(lifted.at) })}{" "}
          <bdi>{lifted.reason}</bdi>
        </p>
      )}
      {isInForce ? (
        <details open={Boolean(mine)}>
          <summary className="inline-flex min-h-11 cursor-pointer items-center font-medium text-accent underline">
            {t("retention.hold.lift")}
          </summary>
          <Form method="post" className="mt-1 space-y-4">
            <FormErrors id={`${id}-error`} errors={errors[""]} />
            <input type="hidden" name="id" value={id} />
            <TextArea
              id={`${id}-reason`}
              name="reason"
              required
              label={t("retention.hold.liftReason")}
              errors={errors.reason}
              defaultValue={typed.reason}
            />
            <Button variant="secondary" name="intent" value="lift" disabled={isBusy}>
              {t("retention.hold.lift")}
            </Button>
          </Form>
        </details>
      ) : (
        !lifted && <p>{t("retention.hold.over")}</p>
      )}
    </div>
  );
}
