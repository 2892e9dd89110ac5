import { Form } from "@remix-run/react";
import type { ReactNode } from "react";
import { reportReasons } from "~/moderation/flags/flag";
import {
  foundKinds,
  type QueueFilter,
  type QueueKind,
  queueSources,
} from "~/moderation/flags/queue";
import { buttonClass } from "~/ui/button";
import { useT } from "~/ui/i18n";

type Props = { filter: QueueFilter; source?: string; kind?: QueueKind };

/** Where flags came from and what they are about: kept in the address. */
export function QueueFilters({ filter, source, kind }: Props) {
  const t = useT();
  return (
    <Form
      key={`${filter} ${source} ${kind}`}
      role="search"
      className="flex w-full flex-wrap gap-2 sm:w-auto"
    >
      {filter !== "waiting" && <input type="hidden" name="filter" value={filter} />}
      <Narrow name="source" label={t("queue.source")} value={source}>
        {queueSources.map((one) => (
          <option key={one} value={one}>
            {t(`queue.source.${one}`)}
          </option>
        ))}
      </Narrow>
      <Narrow name="kind" label={t("queue.kind")} value={kind}>
        <optgroup label={t("queue.source.filter")}>
          {foundKinds.map((one) => (
            <option key={one} value={`found-${one}`}>
              {t(`flag.kind.found-${one}`)}
            </option>
          ))}
        </optgroup>
        <optgroup label={t("queue.source.report")}>
          {reportReasons.map((one) => (
            <option key={one} value={`reported-${one}`}>
              {t(`flag.kind.reported-${one}`)}
            </option>
          ))}
        </optgroup>
      </Narrow>
      <button type="submit" className={buttonClass("secondary")}>
        {t("queue.show")}
      </button>
    </Form>
  );
}

type NarrowProps = { name: string; label: string; value?: string; children: ReactNode };

function Narrow({ name, label, value, children }: NarrowProps) {
  const t = useT();
  return (
    <select
      name={name}
      aria-label={label}
      defaultValue={value ?? ""}
      className="min-h-11 min-w-0 grow rounded-xl border border-line bg-surface px-3 text-sm"
    >
      <option value="">{t("queue.any", { what: label })}</option>
      {children}
    </select>
  );
}
