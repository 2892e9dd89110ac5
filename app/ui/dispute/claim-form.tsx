import { Form, useNavigation } from "@remix-run/react";
import type { ReactNode } from "react";
import type { TriedPicture } from "~/attachments/attachment";
import type { FormResult } from "~/http/forms.server";
import { Button } from "~/ui/button";
import { FormErrors, TextArea } from "~/ui/field";
import { type Phrase, useT } from "~/ui/i18n";
import { TriedPictures } from "~/ui/pictures/tried-pictures";

/** Why nothing was done, and what was typed. */
export type Refused = {
  errors: Phrase[];
  form?: FormResult;
  pictures?: readonly TriedPicture[];
};

type Props = {
  intent: "dispute" | "appeal";
  statement: { label: string; hint: string };
  submit: string;
  mostPictures: number;
  refused?: Refused;
  /** The fields before the statement. */
  children?: ReactNode;
};

/** What happened, in words and pictures. */
export function ClaimForm({ intent, statement, submit, mostPictures, refused, children }: Props) {
  const t = useT();
  const isBusy = useNavigation().state !== "idle";
  const whole = refused && [...errorsOf(refused, ""), ...errorsOf(refused, "images")];
  return (
    <Form method="post" encType="multipart/form-data" className="space-y-5">
      <FormErrors id={`${intent}-error`} errors={refused?.form ? whole : refused?.errors} />
      <input type="hidden" name="intent" value={intent} />
      {children}
      <TextArea
        id={`${intent}-statement`}
        name="statement"
        required
        rows={6}
        {...statement}
        defaultValue={typedIn(refused, "statement")}
        errors={errorsOf(refused, "statement")}
      />
      {refused?.pictures && <TriedPictures pictures={refused.pictures} />}
      <div>
        {/* After all other fields: by then the server knows what the pictures are for. */}
        <label htmlFor={`${intent}-images`} className="block font-medium text-sm">
          {t("claim.pictures")}
        </label>
        <input
          // What was taken stands above: chosen here, too, it would be sent twice.
          key={refused?.pictures?.map(({ kept }) => kept?.id).join()}
          id={`${intent}-images`}
          type="file"
          name="images"
          multiple
          accept="image/*"
          aria-describedby={`${intent}-images-hint`}
          className="mt-1.5 block min-h-11 w-full rounded-xl border border-line bg-canvas p-2 text-sm file:me-3 file:min-h-9 file:rounded-lg file:border-0 file:bg-sunken file:px-3 file:font-medium file:text-ink"
        />
        <p id={`${intent}-images-hint`} className="mt-1.5 text-muted text-sm">
          {t("claim.picturesHint", { max: mostPictures })}
        </p>
      </div>
      <Button disabled={isBusy} className="max-sm:w-full">
        {submit}
      </Button>
    </Form>
  );
}

export function errorsOf(refused: Refused | undefined, field: string): Phrase[] {
  return refused?.form?.error?.[field] ?? [];
}

export function typedIn(refused: Refused | undefined, field: string): string {
  const typed = refused?.form?.initialValue?.[field];
  return typeof typed === "string" ? typed : "";
}
