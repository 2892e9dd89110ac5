import { index, type RouteConfig, route } from "@remix-run/route-config";

/** Every address that Parley answers, but those that are no pages (`app/http/app.server.ts`). */
export default [
  index("routes/home.tsx"),
  route("login", "routes/login.tsx"),
  route("join", "routes/join.tsx"),
  route("logout", "routes/logout.tsx"),
  // Loaders and actions ask themselves who is signed in: one of a fetch runs without those above it.
  route("settings", "routes/settings.tsx"),
  route("sanctions", "routes/sanctions.tsx"),
  route("reports", "routes/reports.tsx"),
  route("listings", "routes/listings.tsx"),
  route("listings/:reference", "routes/listing.tsx"),
  route("chats", "routes/chats.tsx", [
    index("routes/no-chat.tsx"),
    route(":chatId", "routes/chat.tsx"),
    route(":chatId/dispute", "routes/dispute.tsx"),
    route(":chatId/block", "routes/chat-block.tsx"),
    route(":chatId/report", "routes/report.tsx"),
  ]),
  route("admin", "routes/admin/layout.tsx", [
    index("routes/admin/figures.tsx"),
    route("disputes", "routes/admin/disputes.tsx"),
    route("disputes/:disputeId", "routes/admin/dispute.tsx"),
    route("flags", "routes/admin/flags.tsx"),
    route("flags/:flagId", "routes/admin/flag.tsx"),
    route("templates", "routes/admin/templates.tsx"),
    route("chats/:chatId", "routes/admin/chat.tsx"),
    route("disputes/:disputeId/transcript", "routes/admin/transcript.ts"),
    route("chats", "routes/admin/chats.tsx"),
    route("live", "routes/admin/live.tsx"),
    route("audit", "routes/admin/audit.tsx"),
    route("audit/export", "routes/admin/audit-export.ts"),
    route("users", "routes/admin/users.tsx"),
    route("users/:id", "routes/admin/user.tsx"),
  ]),
  route("chats/:chatId/transcript", "routes/chat-transcript.tsx"),
  route("chats/:chatId/transcript/file", "routes/chat-transcript-file.ts"),
  route(".well-known/parley-transcript-keys", "routes/transcript-keys.ts"),
  route("*", "routes/not-found.tsx"),
] satisfies RouteConfig;
