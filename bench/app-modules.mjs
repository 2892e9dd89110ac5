import { existsSync } from "node:fs";
import { registerHooks } from "node:module";

/**
 * Lets plain Node run what the benchmarks borrow from `app/` (the embedded PostgreSQL, migrations):
 * there, `~/` stands for `app/`, and imports leave out `.ts`, because a bundler resolves them.
 */
registerHooks({
  resolve(specifier, context, next) {
    const path = specifier.startsWith("~/")
      ? new URL(`../app/${specifier.slice(2)}`, import.meta.url).href
      : specifier;
    if (!/^(\.|file:)/.test(path)) return next(specifier, context);
    const place = new URL(path, context.parentURL).href;
    const files = [`${place}.ts`, `${place}/index.ts`].map((file) => new URL(file));
    return next(files.find((file) => existsSync(file))?.href ?? path, context);
  },
});
