import { Link } from "@remix-run/react";
import { useEffect, useState } from "react";
import { templatesPath } from "~/http/paths";
import type { Template } from "~/moderation/disputes/template";
import { useT } from "~/ui/i18n";
import { Icon } from "~/ui/icon";

type Props = {
  templates: readonly Template[];
  /** The id of the field that takes what is chosen. */
  into: string;
};

/**
 * Answers that moderators give often. With scripts a choice goes to where the cursor is in its
 * field; without, it can be copied from where it unfolds.
 */
export function TemplateMenu({ templates, into }: Props) {
  const t = useT();
  const [isLive, setIsLive] = useState(false);
  useEffect(() => setIsLive(true), []);
  return (
    <details className="menu relative">
      <summary className="min-h-11 gap-1.5 rounded-xl px-3 text-muted text-sm hover:text-ink">
        <Icon className="icon-text-quote size-4" />
        <span className="max-sm:sr-only">{t("case.templates")}</span>
      </summary>
      <div className="bottom-full mb-1 max-h-72 w-72 overflow-y-auto!">
        {templates.map(({ id, title, body }) =>
          isLive ? (
            <button
              key={id}
              type="button"
              title={body}
              onClick={() => insert(into, body)}
              className="menu-item"
            >
              <bdi className="truncate">{title}</bdi>
            </button>
          ) : (
            <details key={id}>
              <summary className="menu-item cursor-pointer">
                <bdi>{title}</bdi>
              </summary>
              <p dir="auto" className="select-all whitespace-pre-wrap bg-sunken px-4 py-2 text-sm">
                {body}
              </p>
            </details>
          ),
        )}
        <Link to={templatesPath} className="menu-item border-line border-t text-muted">
          {t("case.templates.edit")}
        </Link>
      </div>
    </details>
  );
}

function insert(into: string, text: string): void {
  const field = document.getElementById(into);
  if (!(field instanceof HTMLTextAreaElement)) return;
  const { selectionStart, selectionEnd } = field;
  field.setRangeText(text, selectionStart, selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
}
