import type { Preview, Touched } from "~/retention/preview";
import { useLanguage } from "~/ui/i18n";

/** How many chats and messages a change would touch by when, beside what is touched as it is. */
export function PreviewTable({ preview }: { preview: Preview }) {
  const { t, format } = useLanguage();
  const said = ({ chats, messages }: Touched) =>
    t("retention.touched", {
      chats: format.number(chats),
      messages: format.number(messages),
      count: chats,
    });
  return (
    <section aria-labelledby="preview-title" className="rounded-xl bg-sunken p-3">
      <h3 id="preview-title" className="font-medium">
        {t("retention.previewTitle")}
      </h3>
      <p className="mt-1 text-muted text-sm">{t("retention.previewText")}</p>
      <div className="mt-3 grid gap-3 sm:grid-cols-3">
        {preview.kinds.map(({ kind, at }) => (
          <div key={kind} className="min-w-0 rounded-lg bg-surface p-3">
            <h4 className="font-medium text-sm">{t(`retention.kind.${kind}`)}</h4>
            <dl className="mt-1 divide-y divide-line text-sm tabular-nums">
              {at.map(({ months, before, after }) => (
                <div key={months} className="py-2">
                  <dt className="text-muted">{t("retention.by", { months })}</dt>
                  <dd>
                    <span className="font-medium">{said(after)}</span>
                    {after.chats !== before.chats && (
                      <span className="block text-muted">
                        {t("retention.insteadOf", { touched: said(before) })}
                      </span>
                    )}
                  </dd>
                </div>
              ))}
            </dl>
          </div>
        ))}
      </div>
      {preview.held > 0 && (
        <p className="mt-3 text-sm">{t("retention.previewHeld", { count: preview.held })}</p>
      )}
    </section>
  );
}
