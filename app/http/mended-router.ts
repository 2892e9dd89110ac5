import type { Plugin } from "vite";

/**
 * What the router of Remix 2.17.5 finds out anew for every page, half a dozen times each: which paths
 * its routes have, in which order they are tried, and with which expression. None of it changes while
 * a server runs; the more routes there are the more it costs. Each piece has to be found: a version
 * that is built differently fails the build.
 */
const repairs: [found: string, mended: string][] = [
  [
    "  let branches = flattenRoutes(routes);\n  rankRouteBranches(branches);\n",
    "  let branches = branchesOf(routes);\n",
  ],
  [
    "function flattenRoutes(",
    `const knownBranches = new WeakMap();
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
];

/** Bundles Remix with the server that is built: what is installed stays as it is. */
export function mendedRouter(): Plugin {
  let isServerBuild = false;
  return {
    name: "mended-router",
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
      if (!isServerBuild || !/\/node_modules\/(@remix-run|react-router|turbo-stream)/.test(id))
        return;
      // Asking the environment is slow, and it is asked at every step.
      const built = source.replaceAll("process.env.NODE_ENV", '"production"');
      if (!id.endsWith("/@remix-run/router/dist/router.js")) return built;
      return repairs.reduce((text, [found, mended]) => {
        if (text.split(found).length !== 2) throw new Error(`${id} has changed: ${found}`);
        return text.replace(found, () => mended);
      }, built);
    },
  };
}
