import { index, type RouteConfig } from "@remix-run/route-config";

export default [index("routes/line.tsx")] satisfies RouteConfig;
