export * from "./accounts";
export * from "./chats";
export * from "./deployment";
export * from "./disputes";
export * from "./filters";
export * from "./moderation";
export * from "./safety";
