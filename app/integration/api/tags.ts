/** Into what the document divides the operations, in the order in which a host comes to them. */
export const tags = [
  { name: "Users", description: "People of the marketplace, by what it calls them." },
  { name: "Tokens", description: "With which a person's client calls for a while." },
  { name: "Subjects", description: "What chats are about: listings and orders, with their stage." },
  { name: "Chats", description: "One for each subject and buyer." },
  { name: "Messages", description: "In their order, without holes, none twice." },
  { name: "Disputes", description: "Cases that moderators look into." },
  { name: "Transcripts", description: "Chats as evidence: sealed, signed and verifiable." },
  { name: "Webhooks", description: "Where events are sent." },
] as const;

export type Tag = (typeof tags)[number]["name"];
