import { Form, useLocation, useNavigation } from "@remix-run/react";

import { type ReactNode, useState } from "react";
import { Button } from "~/ui/button";
import { Card } from "~/ui/card";
import { FormErrors } from "~/ui/field";
import { type Phrase, useT } from "~/ui/i18n";
import { Icon } from "~/ui/icon";

type Props = {
  /** What the action is told to save. */
  intent: string;
  title: string;
  /** What the button says, so that each section's is told from the others'. */
  button: string;
  isSaved: boolean;
  errors?: Phrase[];
  children: ReactNode;
};

/** One part of the settings: a form with its own button, which says when it is saved. */
export function SettingsSection({ intent, title, button, isSaved, errors, children }: Props) {
  const t = useT();
  const { key } = useLocation();
  const isBusy = useNavigation().state !== "idle";
  // Changed since it was saved: the address still says that it was.
  const [changedAt, setChangedAt] = useState<string>();
  return (
    <Card className="mt-4 max-w-2xl p-5 md:p-6">
      <Form
        method="post"
        id={intent}
        aria-labelledby={`${intent}-title`}
        onChange={() => setChangedAt(key)}
        className="scroll-mt-20 space-y-5"
      >
        <h2 id={`${intent}-title`} className="font-semibold text-lg">
          {title}
        </h2>
        <FormErrors id={`${intent}-error`} errors={errors} />
        {children}
        <div className="flex flex-wrap items-center gap-4">
          <Button name="intent" value={intent} disabled={isBusy}>
            {button}
          </Button>
          <p role="status" className="text-sm">
            {isSaved && changedAt !== key && (
              <span className="flex items-center gap-1.5 text-accent">
                <Icon className="icon-check size-4" />
                {t("settings.saved")}
              </span>
            )}
          </p>
        </div>
      </Form>
    </Card>
  );
}
