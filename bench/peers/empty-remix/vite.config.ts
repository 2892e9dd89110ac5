import { vitePlugin as remix } from "@remix-run/dev";
import { defineConfig } from "vite";
import remixOptions from "../../../remix.config.js";

/** As Parley's own: the same plugin with the same flags, and nothing beside it. */
export default defineConfig({
  plugins: [remix(remixOptions)],
  build: { target: "es2022" },
});
