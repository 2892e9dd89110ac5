import { hostname } from "node:os";

/** This process, in logs and metrics: a machine may run several, and a pid comes again elsewhere. */
export const instance = `${hostname()}-${process.pid}`;
