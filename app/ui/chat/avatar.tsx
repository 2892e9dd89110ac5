const tones = [
  "bg-tone-1 text-on-tone",
  "bg-tone-2 text-on-tone",
  "bg-tone-3 text-on-tone",
  "bg-tone-4 text-on-tone",
  "bg-tone-5 text-on-tone",
];
const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

type Props = { id: string; name: string; className?: string };

/** A person's initial on a colour of his own. Says nothing that the name beside it does not. */
export function Avatar({ id, name, className = "" }: Props) {
  const [first] = graphemes.segment(name);
  const initial = first?.segment.toLocaleUpperCase() ?? "";
  const tone = tones[Number.parseInt(id.slice(-4), 16) % tones.length];
  return (
    <span
      aria-hidden
      className={`flex size-10 shrink-0 items-center justify-center rounded-full font-semibold ${tone} ${className}`}
    >
      {initial}
    </span>
  );
}
