import { fixedPeople } from "./content/people";
import { demoPassword } from "./seed.server";

/** What a newcomer reads when the demo is ready. */
export function welcome(address: string): string {
  const accounts = fixedPeople.map(({ email, name, role }) => {
    const staff = role === "user" ? "" : ` (${role})`;
    return `    ${email.padEnd(22)} ${name}${staff}`;
  });
  return [
    "",
    `  Parley is ready: ${address}`,
    "",
    `  Demo accounts, each with the password ${demoPassword}:`,
    ...accounts,
    "",
    "",
  ].join("\n");
}
