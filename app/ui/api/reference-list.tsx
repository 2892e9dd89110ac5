import { Fragment } from "react";
import type { Body, Operation, Reference } from "~/integration/api/reference";
import type { Property } from "~/integration/api/reference-schema";
import { Card } from "~/ui/card";
import { useT } from "~/ui/i18n";

/** All operations of the API, to be read. */
export function ReferenceList({ reference: { groups, shapes } }: { reference: Reference }) {
  const t = useT();
  return (
    <div className="space-y-8">
      {groups.map(({ name, description, operations }) => (
        <section key={name} aria-labelledby={`tag-${name}`} className="space-y-4">
          <h2 id={`tag-${name}`} className="font-semibold text-xl">
            {name}
          </h2>
          {description && <p className="text-pretty text-muted">{plain(description)}</p>}
          {operations.map((operation) => (
            <OperationCard key={operation.id} operation={operation} />
          ))}
        </section>
      ))}
      {shapes.length > 0 && (
        <section aria-labelledby="shapes" className="space-y-4">
          <h2 id="shapes" className="font-semibold text-xl">
            {t("apiDocs.shapes")}
          </h2>
          {shapes.map(({ name, text, properties }) => (
            <Card key={name} className="p-4 md:p-5">
              <h3 id={`shape-${name}`} className="font-medium font-mono">
                {name}
              </h3>
              <p className="mt-1 text-muted text-sm">{plain(text)}</p>
              <Properties properties={properties} />
            </Card>
          ))}
        </section>
      )}
    </div>
  );
}

function OperationCard({ operation }: { operation: Operation }) {
  const t = useT();
  const { id, method, path, summary, description, callers, parameters } = operation;
  return (
    <Card className="p-4 md:p-5">
      <h3 id={id} className="[overflow-wrap:anywhere]">
        <code className="font-semibold text-accent">{method}</code> <code>{path}</code>
        <span className="block pt-1 font-medium">{summary}</span>
      </h3>
      {description && <p className="mt-2 text-pretty text-sm">{plain(description)}</p>}
      <p className="mt-2 text-muted text-sm">
        {callers.length ? t("apiDocs.callers") : t("apiDocs.anybody")}{" "}
        {callers.map(({ name, scopes }, place) => (
          <Fragment key={`${name} ${scopes.join(" ")}`}>
            {place > 0 && ", "}
            <code>{[name, ...scopes].join(" ")}</code>
          </Fragment>
        ))}
      </p>
      {parameters.length > 0 && (
        <Part title={t("apiDocs.parameters")}>
          <Properties
            properties={parameters.map((one) => ({ ...one, text: `${one.in}: ${one.text}` }))}
          />
        </Part>
      )}
      {operation.bodies.length > 0 && (
        <Part title={t("apiDocs.body")}>
          <Bodies bodies={operation.bodies} />
        </Part>
      )}
      <Part title={t("apiDocs.answers")}>
        <dl className="mt-1 space-y-2 text-sm">
          {operation.answers.map((answer) => (
            <div key={answer.status}>
              <dt className="font-medium">
                <code>{answer.status}</code> {plain(answer.description)}
              </dt>
              <dd className="ps-4">
                <Bodies bodies={answer.bodies} />
              </dd>
            </div>
          ))}
        </dl>
      </Part>
    </Card>
  );
}

function Part({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section className="mt-4">
      <h4 className="font-medium text-sm">{title}</h4>
      {children}
    </section>
  );
}

function Bodies({ bodies }: { bodies: Body[] }) {
  return bodies.map(({ type, text, properties }) => (
    <div key={type} className="text-sm">
      <p className="[overflow-wrap:anywhere]">
        <code>{type}</code>: <code>{text}</code>
      </p>
      <Properties properties={properties} />
    </div>
  ));
}

function Properties({ properties }: { properties: Property[] }) {
  const t = useT();
  if (!properties.length) return null;
  return (
    <ul className="mt-1 list-disc space-y-1 ps-5 text-sm [overflow-wrap:anywhere]">
      {properties.map(({ name, text, isRequired, description }) => (
        <li key={`${name} ${text}`}>
          <code className="font-medium">{name}</code>
          {isRequired && ` (${t("apiDocs.required")})`}: <code>{text}</code>
          {description && <> – {plain(description)}</>}
        </li>
      ))}
    </ul>
  );
}

/** Descriptions have code between backticks, and no other marks. */
function plain(text: string) {
  return text
    .split("`")
    .map((part, place) => (place % 2 ? <code key={part + String(place)}>{part}</code> : part));
}
