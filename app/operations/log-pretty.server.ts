/** Colours of a terminal (ANSI), by level. */
const COLOURS: Record<string, number> = { warn: 33, error: 31, fatal: 31, debug: 90, trace: 90 };

/** Turns pino's JSON lines into lines for people: time, level, message, then the fields. */
export function prettyStream(out: { write(line: string): unknown; isTTY?: boolean }) {
  return { write: (line: string) => void out.write(`${pretty(line, out.isTTY === true)}\n`) };
}

function pretty(line: string, colourful: boolean): string {
  const { time, level, msg, pid: _, instance: __, err, ...fields } = JSON.parse(line);
  const paint = (text: string) =>
    colourful && COLOURS[level] ? `\x1b[${COLOURS[level]}m${text}\x1b[0m` : text;
  const details = Object.entries(fields).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  const head = [String(time).slice(11, 23), paint(String(level).padEnd(5)), msg, ...details];
  return [head.filter(Boolean).join(" "), ...errorLines(err)].join("\n");
}

interface PrettyError {
  type?: string;
  message?: string;
  at?: string;
  cause?: PrettyError;
}

function errorLines(err: PrettyError | undefined): string[] {
  if (!err) return [];
  const frames = err.at?.split("\n").map((frame) => `    ${frame}`) ?? [];
  return [`  ${err.type}: ${err.message}`, ...frames, ...errorLines(err.cause)];
}
