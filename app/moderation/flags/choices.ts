import { appealChoices, type FlagChoice, flagChoices } from "./flag-view";

type Asked = { messageId: string | null; personId: string; appealedBy: string | null };

/** What can be decided of a flag; what goes without a message cannot remove one. */
export function choicesOf(
  { messageId, personId, appealedBy }: Asked,
  isPrivateThread: boolean,
): readonly FlagChoice[] {
  if (appealedBy === personId) return appealChoices;
  return flagChoices.filter(
    (choice) =>
      (choice !== "redacted" || messageId !== null) && (choice !== "dispute" || !isPrivateThread),
  );
}
