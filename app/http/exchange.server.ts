import { AsyncLocalStorage } from "node:async_hooks";

/** What is known of the request that is being answered; its log line ends with it. */
export type Exchange = {
  requestId: string;
  userId?: string;
  /** It was answered by what goes on without it: a stream. */
  isHandedOn?: boolean;
};

const exchanges = new AsyncLocalStorage<Exchange>();

export function runExchange<Result>(exchange: Exchange, run: () => Result): Result {
  return exchanges.run(exchange, run);
}

/** Whose request it turned out to be. */
export function noteUser(userId: string): void {
  const exchange = exchanges.getStore();
  if (exchange) exchange.userId = userId;
}

/** @returns undefined outside of a request */
export function currentExchange(): Exchange | undefined {
  return exchanges.getStore();
}
