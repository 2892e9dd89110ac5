import type { ShouldRevalidateFunction } from "@remix-run/react";

/** Sending and reading come back by the stream: reading whole pages again for them is waste. */
export const shouldRevalidate: ShouldRevalidateFunction = ({
  formData,
  defaultShouldRevalidate,
}) => {
  const intent = formData?.get("intent");
  return intent === "send" || intent === "read" ? false : defaultShouldRevalidate;
};
