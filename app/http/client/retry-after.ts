/** What an answer asks to wait before the next try, in ms; 0 when it asks for nothing. */
export function retryAfterMs(answer: Response): number {
  const seconds = Number(answer.headers.get("Retry-After"));
  return seconds > 0 ? seconds * 1_000 : 0;
}
