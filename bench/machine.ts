import { cpus, release, totalmem } from "node:os";

export type Machine = ReturnType<typeof describeMachine>;

/** Where it was measured, for whoever reads the figures later. */
export function describeMachine(postgresVersion: string, commitMs: number) {
  const [cpu] = cpus();
  return {
    at: new Date().toISOString(),
    cpu: cpu?.model ?? "unknown",
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${process.platform} ${release()}`,
    node: process.versions.node,
    postgres: postgresVersion,
    /** One insert and commit with nothing else going on, in ms. */
    commitMs,
  };
}
