import type { Plugin } from "vite";
import remixOptions from "../../remix.config.js";

/** Of each set of routes; beyond it all are found out anew. */
const mostPaths = 1_000;
/** In characters: no page of ours has a longer one. */
const longestPath = 200;

type Repair = [found: string, mended: string];

/**
 * What Remix 2.17.5 finds out anew for every page, some of it half a dozen times, though none of it
 * changes while a server runs; the more routes there are the more it costs. Each piece has to be
 * found: a version that is built differently fails the build.
 */
const repairs: Record<string, Repair[]> = {
  /** Which paths the routes have, in which order they are tried, with which expression, and what a path led to. */
  "/@remix-run/router/dist/router.js": [
    [
      `  let branches = flattenRoutes(routes);
  rankRouteBranches(branches);
  let matches = null;
`,
      `  const known = allowPartial ? undefined : knownMatches(routes);
  let matches = known?.get(pathname) ?? null;
  if (matches) return matches;
  let branches = branchesOf(routes);
`,
    ],
    [
      `    matches = matchRouteBranch(branches[i], decoded, allowPartial);
  }
  return matches;
`,
      `    matches = matchRouteBranch(branches[i], decoded, allowPartial);
  }
  if (matches && known && pathname.length < ${longestPath}) {
    if (known.size >= ${mostPaths}) known.clear();
    known.set(pathname, matches);
  }
  return matches;
`,
    ],
    [
      "function flattenRoutes(",
      `const matchesOf = new WeakMap();
function knownMatches(routes) {
  let known = matchesOf.get(routes);
  if (!known) matchesOf.set(routes, (known = new Map()));
  return known;
}
const knownBranches = new WeakMap();
function branchesOf(routes) {
  let branches = knownBranches.get(routes);
  if (!branches) {
    branches = flattenRoutes(routes);
    rankRouteBranches(branches);
    knownBranches.set(routes, branches);
  }
  return branches;
}
function flattenRoutes(`,
    ],
    [
      "compilePath(pattern.path, pattern.caseSensitive, pattern.end);",
      "compiledPath(pattern.path, pattern.caseSensitive, pattern.end);",
    ],
    [
      "function compilePath(",
      `const knownPaths = new Map();
function compiledPath(path, caseSensitive, end) {
  const key = (caseSensitive ? "1" : "0") + (end === false ? "0" : "1") + path;
  let compiled = knownPaths.get(key);
  if (!compiled) {
    compiled = compilePath(path, caseSensitive, end);
    knownPaths.set(key, compiled);
  }
  return compiled;
}
function compilePath(`,
    ],
  ],
  /** The routes as they are rendered. */
  "/@remix-run/react/dist/esm/server.js": [
    ["let routes = createServerRoutes(", "let routes = serverRoutesOf("],
    [
      "function RemixServer(",
      `const knownRoutes = new WeakMap();
function serverRoutesOf(manifest, ...rest) {
  let routes = knownRoutes.get(manifest);
  if (!routes) knownRoutes.set(manifest, (routes = createServerRoutes(manifest, ...rest)));
  return routes;
}
function RemixServer(`,
    ],
  ],
  "/react-router-dom/server.mjs": [
    [
      `  let manifest = {};
  let dataRoutes = UNSAFE_convertRoutesToDataRoutes(routes, UNSAFE_mapRouteProperties, undefined, manifest);
`,
      "  let { manifest, dataRoutes } = dataRoutesOf(routes);\n",
    ],
    [
      "function createStaticRouter(",
      `const knownRoutes = new WeakMap();
function dataRoutesOf(routes) {
  let known = knownRoutes.get(routes);
  if (!known) {
    const manifest = {};
    const dataRoutes = UNSAFE_convertRoutesToDataRoutes(routes, UNSAFE_mapRouteProperties, undefined, manifest);
    knownRoutes.set(routes, (known = { manifest, dataRoutes }));
  }
  return known;
}
function createStaticRouter(`,
    ],
  ],
  /** The part of the manifest that a page needs is not for people to read. */
  "/@remix-run/react/dist/esm/components.js": [
    ["getPartialManifest(manifest, router), null, 2)", "getPartialManifest(manifest, router))"],
  ],
  /** Loaders share the request of a page, which has no body, where its address holds nothing of Remix's own. */
  "/@remix-run/server-runtime/dist/esm/data.js": [
    [
      "  let result = await loader({\n    request: singleFetch ?",
      `  const isPlain = request.method === "GET" && !/[?&](index|_routes)\\b/.test(request.url);
  let result = await loader({
    request: isPlain ? request : singleFetch ?`,
    ],
  ],
};

/**
 * Flags of ours (`remix.config.js`) that Remix asks for while it runs: what is only for others would be
 * in every browser, and is gone where the answer is known.
 */
const flag = /\b(?:(?:context|window\.__remixContext)\.)?future\.v3_(\w+)/g;
const flags: Record<string, boolean | undefined> = { ...remixOptions.future };

const withFlags = (source: string) =>
  source
    .replace(flag, (asked, name) => (`v3_${name}` in flags ? String(flags[`v3_${name}`]) : asked))
    .replaceAll("window.__remixContext.isSpaMode", "false");

/** Bundles Remix with the server that is built: what is installed stays as it is. */
export function mendedRemix(): Plugin {
  let isServerBuild = false;
  const unmended = new Set(Object.keys(repairs));
  return {
    name: "mended-remix",
    apply: "build",
    enforce: "pre",
    config: (_, { isSsrBuild }) => {
      if (!isSsrBuild) return;
      const noExternal = [/^@remix-run\/(?!web-)/, /^react-router/, "turbo-stream"];
      return { ssr: { noExternal } };
    },
    configResolved({ build }) {
      isServerBuild = Boolean(build.ssr);
    },
    transform(source, id) {
      if (!isServerBuild) return id.includes("/@remix-run/react/") ? withFlags(source) : undefined;
      if (!/\/node_modules\/(@remix-run|react-router|turbo-stream)/.test(id)) return;
      // Asking the environment is slow, and it is asked at every step.
      const built = source.replaceAll("process.env.NODE_ENV", '"production"');
      const file = Object.keys(repairs).find((end) => id.endsWith(end));
      if (!file) return built;
      unmended.delete(file);
      return (repairs[file] ?? []).reduce((text, [found, mended]) => {
        if (text.split(found).length !== 2) throw new Error(`${id} has changed: ${found}`);
        return text.replace(found, () => mended);
      }, built);
    },
    generateBundle() {
      if (isServerBuild && unmended.size) throw new Error(`Not in the build: ${[...unmended]}`);
    },
  };
}
