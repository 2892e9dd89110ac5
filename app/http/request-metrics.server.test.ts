import { expect, test } from "vitest";
import { routeNamer } from "./request-metrics.server";

const routeOf = routeNamer({
  root: { id: "root", path: "" },
  home: { id: "home", parentId: "root" },
  login: { id: "login", parentId: "root", path: "login" },
  frame: { id: "frame", parentId: "root" },
  chats: { id: "chats", parentId: "frame", path: "chats" },
  none: { id: "none", parentId: "chats" },
  chat: { id: "chat", parentId: "chats", path: ":chatId" },
  news: { id: "news", parentId: "chats", path: "new" },
  rest: { id: "rest", parentId: "root", path: "*" },
});

test.for([
  ["/", "/"],
  ["/?a=/chats", "/"],
  ["/_root.data", "/"],
  ["/login", "/login"],
  ["/chats/", "/chats"],
  ["/chats.data?filter=all", "/chats"],
  ["/chats/018f-1", "/chats/:chatId"],
  ["/chats/018f-1.data", "/chats/:chatId"],
  ["/chats/new", "/chats/new"],
  ["/events?lastEventId=x", "/events"],
  ["/assets/entry-12345678.js", "/assets/*"],
  ["/chats/1/2", "other"],
  ["/wp-login.php", "other"],
  ["*", "other"],
] as const)("%s is measured as %s", ([url, route]) => {
  expect(routeOf(url)).toBe(route);
});
