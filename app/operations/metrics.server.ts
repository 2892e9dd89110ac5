import { Registry } from "prom-client";

/** Every metric of this process; each is defined beside the code that it measures. */
export const registry = new Registry();
