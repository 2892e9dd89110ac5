import { randomUUID } from "node:crypto";
import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import type { NextFunction, Request, Response } from "express";
import helmet from "helmet";

/**
 * The headers of every answer, and the nonce (in `res.locals`) that its scripts carry.
 *
 * @param isSecure whether people reach us by https
 * @param isDevelopment lets Vite inject styles and open its socket
 * @param pictureOrigins from where pages may show pictures beside our own
 */
export function securityHeaders(options: Options) {
  const { isSecure, isDevelopment, pictureOrigins } = options;
  const protect = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'", `'nonce-${noncePlace}'`],
        scriptSrcAttr: ["'none'"],
        styleSrc: isDevelopment ? ["'self'", "'unsafe-inline'"] : ["'self'"],
        imgSrc: ["'self'", "data:", "blob:", ...pictureOrigins],
        connectSrc: isDevelopment ? ["'self'", "ws:"] : ["'self'"],
        fontSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
        objectSrc: ["'none'"],
        ...(isSecure ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    // "no-referrer" would make browsers send `Origin: null` with our own forms.
    referrerPolicy: { policy: "same-origin" },
    strictTransportSecurity: isSecure && { maxAge: 31_536_000, includeSubDomains: false },
    frameguard: { action: "deny" },
  });
  const headers = headersBy(protect);
  return (_req: Request, res: Response, next: NextFunction) => {
    const nonce = randomUUID();
    res.locals.nonce = nonce;
    for (const [name, value] of headers) res.setHeader(name, value.replace(noncePlace, nonce));
    next();
  };
}

type Options = { isSecure: boolean; isDevelopment: boolean; pictureOrigins: readonly string[] };

const noncePlace = "nonce-of-the-answer";

/** Those of every answer: found once, because a dozen handlers for a dozen headers take their time. */
function headersBy(protect: ReturnType<typeof helmet>): [name: string, value: string][] {
  const req = new IncomingMessage(new Socket());
  const res = new ServerResponse(req);
  protect(req, res, () => {});
  res.setHeader("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
  return Object.entries(res.getHeaders()).map(([name, value]) => [name, String(value)]);
}
