import { asServer, runProgram } from "~/operations/program.server";
import { rotateSigningKey } from "./signing-keys.server";

/** `npm run keys:rotate`: transcripts are signed with a new key from now on; see docs/transcripts.md. */
async function main(): Promise<number> {
  const { id } = await asServer((db, { sessionSecret }) => rotateSigningKey(db, sessionSecret));
  process.stdout.write(
    `Transcripts are signed with key ${id} now. Older ones stay valid: /.well-known/parley-transcript-keys has all keys.\n`,
  );
  return 0;
}

runProgram(main);
