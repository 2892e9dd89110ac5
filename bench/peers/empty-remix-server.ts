import { createServer } from "node:http";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { createRequestHandler } from "@remix-run/express";
import express from "express";
import { serve } from "./serve.ts";

/** The build that `bench/empty-remix.ts` made, behind Express as Remix's own template has it. */
const { EMPTY_REMIX = "" } = process.env;
const app = express();
app.disable("x-powered-by");
app.use(express.static(join(EMPTY_REMIX, "client")));
app.use(
  createRequestHandler({
    build: await import(pathToFileURL(join(EMPTY_REMIX, "server", "index.js")).href),
    mode: "production",
  }),
);
serve(createServer(app));
