import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { NextFunction, Request, Response } from "express";
import helmet from "helmet";

/**
 * The headers of every answer, and the nonce (in `res.locals`) that its scripts carry.
 *
 * @param isSecure whether people reach us by https
 * @param isDevelopment lets Vite inject styles and open its socket
 */
export function securityHeaders(options: { isSecure: boolean; isDevelopment: boolean }) {
  const { isSecure, isDevelopment } = options;
  const nonceSource = (_req: IncomingMessage, res: ServerResponse) =>
    `'nonce-${(res as Response).locals.nonce}'`;
  const protect = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'", nonceSource],
        scriptSrcAttr: ["'none'"],
        styleSrc: isDevelopment ? ["'self'", "'unsafe-inline'"] : ["'self'"],
        imgSrc: ["'self'", "data:", "blob:"],
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
  return (req: Request, res: Response, next: NextFunction) => {
    res.locals.nonce = randomBytes(16).toString("base64");
    res.set("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
    protect(req, res, next);
  };
}
