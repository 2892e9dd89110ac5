import type { ShouldRevalidateFunction } from "@remix-run/react";

/**
 * What is sent comes back by the stream: reading whole pages again for it is waste. What was refused
 * changed nothing; without a connection the pages could not be read either.
 */
export const shouldRevalidate: ShouldRevalidateFunction = ({
  currentUrl,
  nextUrl,
  formData,
  actionResult,
  defaultShouldRevalidate,
}) => {
  if (formData?.get("intent") === "send") {
    // One that comes back while another page loads completes that page, which needs its data.
    return currentUrl.href !== nextUrl.href && defaultShouldRevalidate;
  }
  return !isRefusal(actionResult) && defaultShouldRevalidate;
};

function isRefusal(result: unknown): boolean {
  return typeof result === "object" && result !== null && "refused" in result;
}
