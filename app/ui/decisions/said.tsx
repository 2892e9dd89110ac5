/** What somebody wrote, and what it is. */
export function Said({ title, text }: { title: string; text: string }) {
  return (
    <div>
      <p className="text-muted text-sm">{title}</p>
      <p dir="auto" className="mt-1 whitespace-pre-line text-pretty [overflow-wrap:anywhere]">
        {text}
      </p>
    </div>
  );
}
