import { Form, useNavigation } from "@remix-run/react";
import { partOf, type RefusedForm } from "~/http/refused-form";
import { Button } from "~/ui/button";
import { FormErrors, TextArea } from "~/ui/field";

type Props = {
  /** Of what is appealed. */
  id: string;
  words: Record<"open" | "label" | "hint" | "send", string>;
  refused?: RefusedForm;
};

/** The one appeal: folded until it is wanted, and open when what was typed was refused. */
export function AppealForm({ id, words, refused }: Props) {
  const isBusy = useNavigation().state !== "idle";
  const { errors, typed } = partOf(refused?.typed.id === id ? refused : undefined, "appeal");
  return (
    <details open={typed.id !== undefined}>
      <summary className="inline-flex min-h-11 cursor-pointer items-center font-medium text-accent underline">
        {words.open}
      </summary>
      <Form method="post" className="mt-2 space-y-4">
        <FormErrors id={`${id}-error`} errors={errors[""]} />
        <input type="hidden" name="id" value={id} />
        <TextArea
          id={`${id}-text`}
          name="text"
          label={words.label}
          hint={words.hint}
          errors={errors.text}
          defaultValue={typed.text}
          required
        />
        <Button name="intent" value="appeal" disabled={isBusy}>
          {words.send}
        </Button>
      </Form>
    </details>
  );
}
