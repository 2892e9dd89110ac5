/** Where mails go, as `mailWay` says, and there the server's name or the folder; nothing secret. */
export type MailPlace = { way: "smtp" | "folder" | "none"; place: string };
