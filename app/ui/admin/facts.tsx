export type Fact = { id: string | number; name: string; value: string };

/** Names and values beside each other. */
export function Facts({ facts }: { facts: Fact[] }) {
  return (
    <dl className="divide-y divide-line text-sm tabular-nums">
      {facts.map(({ id, name, value }) => (
        <div key={id} className="flex justify-between gap-4 py-1.5">
          <dt className="text-muted">{name}</dt>
          <dd className="text-end">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
