import compression from "compression";
import express, { type NextFunction, type Request, type Response } from "express";

/**
 * Whatever says nothing about caching belongs to a person. Decided when the head is written,
 * because Remix adds to headers that are there already.
 */
export function keepPrivate(_req: Request, res: Response, next: NextFunction): void {
  const writeHead = res.writeHead;
  res.writeHead = ((...head: Parameters<typeof writeHead>) => {
    if (!res.hasHeader("Cache-Control")) res.setHeader("Cache-Control", "private, no-store");
    return writeHead.apply(res, head);
  }) as typeof writeHead;
  next();
}

/** The client's files. What Vite names by content never changes; the rest is asked for again. */
export function staticFiles(folder: string) {
  const serve = express.static(folder, {
    index: false,
    redirect: false,
    setHeaders(res, path) {
      res.setHeader("Cache-Control", cachingOf(path));
    },
  });
  return (req: Request, res: Response, next: NextFunction) => {
    // No page's address has a point in it, and each would be looked for on the disk.
    if (req.path.includes(".")) serve(req, res, next);
    else next();
  };
}

function cachingOf(path: string): string {
  // It stays in browsers for years: the newest takes over at once.
  if (/[\\/]service-worker\.js$/.test(path)) return "no-cache";
  const isNamedByContent = /[\\/]assets[\\/][^\\/]+-[\w-]{8}\.\w+$/.test(path);
  return isNamedByContent ? "public, max-age=31536000, immutable" : "public, max-age=3600";
}

/** A compressed event stream would be held back until a block is full. */
export const compress = compression({
  filter(req, res) {
    const type = String(res.getHeader("Content-Type") ?? "");
    return !type.startsWith("text/event-stream") && compression.filter(req, res);
  },
});
