import { useFormat, useT } from "./i18n";

/** What a chat looks like, for someone who has none yet: a picture, drawn as the chat itself is. */
export function SampleChat() {
  const t = useT();
  const format = useFormat();
  const lines = [
    { mine: true, text: t("home.sampleQuestion") },
    { mine: false, text: t("home.sampleAnswer") },
    { mine: true, text: t("home.sampleOffer", { price: format.price(17_000, "EUR") }) },
    { mine: false, text: t("home.sampleClose") },
  ];
  return (
    <figure
      aria-label={t("home.sampleLabel")}
      className="w-full max-w-md justify-self-center overflow-hidden rounded-3xl border border-line bg-canvas shadow-card"
    >
      <div className="flex items-center gap-3 border-line border-b bg-surface p-4">
        <Bicycle />
        <div className="min-w-0">
          <p className="truncate font-semibold">{t("home.sampleSubject")}</p>
          <p className="text-muted text-sm tabular-nums">{format.price(18_500, "EUR")}</p>
        </div>
      </div>
      <div className="flex flex-col gap-2.5 p-4 md:p-5">
        {lines.map(({ mine, text }) => (
          <p
            key={text}
            className={`max-w-[82%] rounded-bubble px-4 py-2.5 ${
              mine
                ? "self-end rounded-ee-md bg-mine"
                : "self-start rounded-es-md border border-line bg-theirs"
            }`}
          >
            {text}
          </p>
        ))}
      </div>
    </figure>
  );
}

function Bicycle() {
  return (
    <svg
      viewBox="0 0 64 64"
      aria-hidden="true"
      className="size-14 shrink-0 rounded-xl bg-accent-soft text-accent"
      fill="none"
      stroke="currentColor"
      strokeWidth="3"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <circle cx="18" cy="42" r="9" />
      <circle cx="46" cy="42" r="9" />
      <path d="M18 42l8-18h16l4 18M26 24l6 18h-14M42 24l-10 18M23 20h6M42 24l-2-6h6" />
    </svg>
  );
}
