import { Form, useNavigation } from "@remix-run/react";
import type { ReactNode } from "react";
import { deleteAccountPath } from "~/http/paths";
import type { OwnErasure } from "~/retention/erase/own-erasure";
import { Button } from "~/ui/button";
import { Card } from "~/ui/card";
import { Field, FormErrors } from "~/ui/field";
import { type MessageId, type Phrase, useLanguage, useT } from "~/ui/i18n";
import { Icon } from "~/ui/icon";

type Props = { erasure: OwnErasure; errors?: { [field: string]: Phrase[] | undefined } };

/** What deleting one's account takes away, what it leaves and what delays it, and where one does it. */
export function DeleteAccount({ erasure, errors }: Props) {
  const t = useT();
  const { messages, days } = erasure;
  return (
    <Card className="mt-4 max-w-2xl p-5 md:p-6">
      <p className="text-pretty">{t("deleteAccount.lead")}</p>
      <Part title="deleteAccount.atOnce">
        <Line icon="icon-x" text={t("deleteAccount.goes.account")} />
        <Line icon="icon-x" text={t("deleteAccount.goes.name")} />
        <Line icon="icon-x" text={t("deleteAccount.goes.chats")} />
        <Line icon="icon-x" text={t("deleteAccount.goes.own")} />
      </Part>
      <Part title="deleteAccount.later" values={{ days }}>
        <Line icon="icon-x" text={t("deleteAccount.goes.copies")} />
        {messages === "removed" && <Line icon="icon-x" text={t("deleteAccount.goes.messages")} />}
      </Part>
      <Part title="deleteAccount.stays">
        {messages === "kept" && <Line icon="icon-check" text={t("deleteAccount.stays.messages")} />}
        <Line icon="icon-check" text={t("deleteAccount.stays.decisions")} />
        <Line icon="icon-check" text={t("deleteAccount.stays.log")} />
      </Part>
      <Holds holds={erasure.holds} />
      <Confirm erasure={erasure} errors={errors} />
    </Card>
  );
}

type PartProps = {
  title: MessageId;
  values?: Record<string, number>;
  children: ReactNode;
};

function Part({ title, values, children }: PartProps) {
  const t = useT();
  return (
    <section className="mt-5">
      <h2 className="font-semibold">{t(title, values)}</h2>
      <ul className="mt-1.5 space-y-1.5 text-sm">{children}</ul>
    </section>
  );
}

function Line({ icon, text }: { icon: string; text: string }) {
  return (
    <li className="flex items-start gap-2">
      <Icon className={`${icon} mt-0.5 size-4 shrink-0 text-muted`} />
      <span className="text-pretty">{text}</span>
    </li>
  );
}

function Holds({ holds }: Pick<OwnErasure, "holds">) {
  const { t, format } = useLanguage();
  if (!holds.length) return null;
  return (
    <section className="mt-5 rounded-xl bg-sunken p-4">
      <h2 className="font-semibold">{t("deleteAccount.held")}</h2>
      <p className="mt-1 text-pretty text-sm">{t("deleteAccount.heldText")}</p>
      <ul className="mt-2 list-disc space-y-1 ps-5 text-sm">
        {holds.map(({ kind, until }) => (
          <li key={kind}>
            {t(`deleteAccount.hold.${kind}`)}
            {until && ` ${t("deleteAccount.until", { until: format.moment(new Date(until)) })}`}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Confirm({ erasure: { email, name, hasPassword }, errors = {} }: Props) {
  const t = useT();
  const isBusy = useNavigation().state !== "idle";
  return (
    <Form
      method="post"
      action={deleteAccountPath}
      className="mt-6 space-y-4 border-line border-t pt-5"
      preventScrollReset
    >
      <FormErrors id="delete-error" errors={errors[""]} />
      <p className="text-pretty font-medium">{t("deleteAccount.final")}</p>
      {hasPassword ? (
        <>
          {/* So that password managers know whose it is. */}
          <input
            type="hidden"
            name="username"
            autoComplete="username"
            value={email ?? name}
            readOnly
          />
          <Field
            id="password"
            name="password"
            type="password"
            autoComplete="current-password"
            required
            label={t("deleteAccount.password")}
            errors={errors.password}
          />
        </>
      ) : email === null ? (
        <Field
          id="name"
          name="name"
          autoComplete="off"
          required
          label={t("deleteAccount.name", { name })}
          errors={errors.name}
        />
      ) : (
        <Field
          id="email"
          name="email"
          type="email"
          autoComplete="off"
          required
          label={t("deleteAccount.email", { email })}
          errors={errors.email}
        />
      )}
      <Button variant="danger" name="intent" value="erase" disabled={isBusy}>
        {t("deleteAccount.button")}
      </Button>
    </Form>
  );
}
