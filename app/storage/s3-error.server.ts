import { RangeNotSatisfiable, StorageError, type StorageTrouble } from "./storage";

/** @returns what S3 or the network calls it, as in `NoSuchKey` or `ECONNREFUSED` */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  if ("code" in error && typeof error.code === "string") return error.code;
  return error.name;
}

/** What went wrong, without what a service may have put into its message. */
export function asStorageError(what: string, error: unknown): unknown {
  if (error instanceof StorageError || error instanceof RangeNotSatisfiable) return error;
  const code = codeOf(error);
  const status = statusOf(error);
  const answered = status === undefined ? code : `${code} (HTTP ${status})`;
  return new StorageError(troubleOf(code, status), `${what} failed: ${answered}`, { cause: error });
}

function troubleOf(code: string, status: number | undefined): StorageTrouble {
  if (/full|quota|insufficientstorage/i.test(code) || status === 507) return "full";
  if (code === "TimeoutError" || code === "RequestTimeout" || code === "AbortError") return "slow";
  if (code === "CredentialsProviderError" || code === "NoSuchBucket") return "refused";
  return status !== undefined && [301, 400, 401, 403, 404, 405].includes(status)
    ? "refused"
    : "away";
}

function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !("$metadata" in error)) return undefined;
  const { httpStatusCode } = error.$metadata as { httpStatusCode?: number };
  return httpStatusCode;
}
