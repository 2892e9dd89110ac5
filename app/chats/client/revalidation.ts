import type { ShouldRevalidateFunction } from "@remix-run/react";

/**
 * Sending and reading come back by the stream: reading whole pages again for them is waste. What
 * was refused changed nothing; without a connection the pages could not be read either.
 */
export const shouldRevalidate: ShouldRevalidateFunction = ({
  formData,
  actionResult,
  defaultShouldRevalidate,
}) => {
  const intent = formData?.get("intent");
  if (intent === "send" || intent === "read" || isRefusal(actionResult)) return false;
  return defaultShouldRevalidate;
};

function isRefusal(result: unknown): boolean {
  return typeof result === "object" && result !== null && "refused" in result;
}
