import { readFile } from "node:fs/promises";
import { compileMessageOrThrow } from "@lingui/message-utils/compileMessage";
import { vitePlugin as remix } from "@remix-run/dev";
import tailwindcss from "@tailwindcss/vite";
import { build, defineConfig, type Plugin, type Rollup } from "vite";
import { mendedPostgres } from "./app/db/mended-driver.ts";
import { mendedRemix } from "./app/http/mended-remix.ts";
import remixOptions from "./remix.config.js";

/**
 * The catalogs in `app/ui/locales` are written in ICU syntax and compiled here, so that no browser
 * loads a message parser.
 */
export function messageCatalogs(): Plugin {
  return {
    name: "message-catalogs",
    enforce: "pre",
    transform(source, id) {
      if (!/\/locales\/(\w+\/)?[\w-]+\.json$/.test(id)) return null;
      const messages: Record<string, string> = JSON.parse(source);
      const compiled = Object.entries(messages).map(([key, text]) => {
        const parts = compileMessageOrThrow(text);
        return [key, parts.length === 1 && typeof parts[0] === "string" ? parts[0] : parts];
      });
      return JSON.stringify(Object.fromEntries(compiled));
    },
  };
}

/**
 * Makes `server.ts` the input of the server build, with the Remix build inside it: the whole
 * program is one module graph, so that a module (the database pool, the hub) exists once.
 */
function serverEntry(): Plugin {
  return {
    name: "server-entry",
    enforce: "post",
    config: (_, { isSsrBuild }) =>
      isSsrBuild ? { build: { rollupOptions: { input: "./server.ts" } } } : undefined,
  };
}

/** What runs in a process of its own, by where it is built: the first is started from beside it. */
const programs = {
  "assets/picture-process.js": "./app/attachments/processing/picture-process.ts",
  "assets/pdf-worker.js": "./app/moderation/transcripts/pdf/pdf-worker.ts",
  "keys-create.js": "./app/integration/keys/create-program.ts",
  "keys-rotate.js": "./app/moderation/transcripts/rotate-program.ts",
  "audit-verify.js": "./app/moderation/audit/audit-verify-program.ts",
  "storage-move.js": "./app/storage/move-program.ts",
  "retention.js": "./app/retention/run/program.ts",
  "worker.js": "./app/jobs/worker-program.ts",
};

/** Bundles other programs with the server: they share what they are made of. */
function otherPrograms(): Plugin {
  let isServerBuild = false;
  return {
    name: "other-programs",
    apply: "build",
    configResolved({ build }) {
      isServerBuild = Boolean(build.ssr);
    },
    buildStart() {
      if (!isServerBuild) return;
      for (const [fileName, id] of Object.entries(programs)) {
        this.emitFile({ type: "chunk", id, fileName });
      }
    },
  };
}

/** Names the files of sentences by what they are for: all are called after their language. */
function chunkFileNames({ facadeModuleId }: { facadeModuleId: string | null }): string {
  const [, area] = /\/locales\/(\w+)\/[\w-]+\.json$/.exec(facadeModuleId ?? "") ?? [];
  return `assets/${area ? `${area}.` : ""}[name]-[hash].js`;
}

/** What modules import, and what that imports, and they themselves. */
function importedBy(roots: string[], imports: (id: string) => readonly string[]): Set<string> {
  const found = new Set(roots);
  for (const id of found) for (const one of imports(id)) found.add(one);
  return found;
}

/** A few files that pack well and are asked for once, where Rollup would make twenty small ones. */
function clientChunks(): Plugin {
  let onChats: Set<string> | undefined;
  const manualChunks = (id: string, { getModuleIds, getModuleInfo }: Rollup.ManualChunkMeta) => {
    if (
      /\/node_modules\/(@remix-run|react|react-dom|react-router|react-router-dom|scheduler|turbo-stream)\//.test(
        id,
      )
    )
      return "framework";
    // Loaded with the first picture that somebody chooses.
    if (/\/app\/(attachments\/client\/|ui\/pictures\/(?!showing|viewer|placeholders))/.test(id))
      return "pictures";
    // Loaded with the first message that the filters refuse.
    if (id.includes("/app/ui/refusal/")) return "refusal";
    // Loaded with the first message that somebody sends who may be asked whether to be called.
    if (/\/app\/(ui|notifications)\/push\/(?!tending)/.test(id)) return "push";
    // Loaded with the first chat in which nobody can write, or that is to be closed.
    if (id.includes("/app/ui/closed/")) return "closed";
    // Loaded with the first message that somebody has not read.
    if (id.includes("/app/ui/attention/")) return "attention";
    // Loaded with the first page that cannot be shown.
    if (id.includes("/app/ui/failures/")) return "failures";
    // Loaded with the first notice over a page, or over a chat of which there is a dispute.
    if (id.includes("/app/ui/notices/")) return "notices";
    // Beside the others' addresses, and nobody else's business.
    if (id.endsWith("/app/http/admin-paths.ts")) return "admin";
    const roots = [...getModuleIds()].filter((one) =>
      /\/app\/(root|entry\.client|routes\/chats?)\.tsx$/.test(one),
    );
    onChats ??= importedBy(roots, (one) => getModuleInfo(one)?.importedIds ?? []);
    if (onChats.has(id) && !id.includes("/entry.client.")) return "pages";
  };
  return {
    name: "client-chunks",
    config: (_, { isSsrBuild }) =>
      isSsrBuild
        ? undefined
        : { build: { rollupOptions: { output: { manualChunks, chunkFileNames } } } },
  };
}

/**
 * Vite loads the styles of a module with it, through 600 bytes that every page would carry; no module
 * here has styles of its own.
 */
function plainImports(): Plugin {
  return {
    name: "plain-imports",
    apply: "build",
    enforce: "pre",
    load: (id) =>
      id.endsWith("vite/preload-helper.js")
        ? "export const __vitePreload = (load) => load();"
        : undefined,
  };
}

/** The licenses of what browsers load stand in one file beside it, instead of in each module. */
function licenses(): Plugin {
  const isLegal = /^\/\*!|@(license|preserve)/;
  const found = new Set<string>();
  return {
    name: "licenses",
    apply: "build",
    applyToEnvironment: ({ name }) => name === "client",
    config: () => ({ esbuild: { legalComments: "none" } }),
    async transform(source, id) {
      if (!id.includes("/node_modules/")) return;
      // What is copied as it is, because it was bundled by others, has them beside it.
      if (id.endsWith("-bundle.js?url")) {
        found.add(await readFile(`${id.slice(0, -"?url".length)}.LICENSE.txt`, "utf8"));
      }
      const comments = source.match(/\/\*[\s\S]*?\*\//g) ?? [];
      for (const comment of comments) if (isLegal.test(comment)) found.add(comment);
    },
    generateBundle() {
      const source = [...found].sort().join("\n\n");
      this.emitFile({ type: "asset", fileName: "assets/licenses.txt", source });
    },
  };
}

const serviceWorkerFile = "service-worker.js";

/**
 * The service worker in one file, because not every browser lets one import others, and at an address
 * that never changes, because browsers keep it.
 */
async function makeServiceWorker(): Promise<string> {
  const made = await build({
    configFile: false,
    logLevel: "warn",
    publicDir: false,
    build: {
      write: false,
      target: "es2022",
      rollupOptions: {
        input: "app/notifications/push/service-worker/main.ts",
        output: { format: "iife" },
      },
    },
  });
  const [only] = (made as Rollup.RollupOutput).output;
  return only.code;
}

function serviceWorker(): Plugin {
  return {
    name: "service-worker",
    applyToEnvironment: ({ name }) => name === "client",
    configureServer({ middlewares }) {
      middlewares.use(`/${serviceWorkerFile}`, (_req, res, next) => {
        makeServiceWorker().then((code) => {
          res.setHeader("Content-Type", "text/javascript");
          res.end(code);
        }, next);
      });
    },
    async generateBundle() {
      const source = await makeServiceWorker();
      this.emitFile({ type: "asset", fileName: serviceWorkerFile, source });
    },
  };
}

export default defineConfig({
  plugins: [
    messageCatalogs(),
    tailwindcss(),
    remix(remixOptions),
    mendedPostgres(),
    mendedRemix(),
    serverEntry(),
    otherPrograms(),
    clientChunks(),
    plainImports(),
    serviceWorker(),
    licenses(),
  ],
  resolve: { alias: { "~": new URL("./app", import.meta.url).pathname } },
  server: { hmr: { host: "127.0.0.1" } },
  build: { target: "es2022", modulePreload: false },
});
