import { fork } from "node:child_process";
import { once } from "node:events";
import type { Task } from "./load/main.ts";
import type { Idle, LoadResult, Plan } from "./load/plan.ts";

export async function runLoad(plan: Plan): Promise<LoadResult> {
  const client = startClient({ run: plan });
  try {
    return (await client.answer) as LoadResult;
  } finally {
    await client.stop();
  }
}

/** Opens streams in a process of their own; resolves when they are open, with what closes them. */
export async function holdStreams(plan: Idle): Promise<() => Promise<void>> {
  const client = startClient({ hold: plan });
  await client.answer;
  return client.stop;
}

function startClient(task: Task) {
  const client = fork("bench/load/main.ts", { execArgv: [], serialization: "advanced" });
  const ended = once(client, "exit");
  client.send(task);
  const failed = ended.then(() => [{ reason: "it ended without a word" }]);
  const answer = Promise.race([once(client, "message"), failed]).then(([answer]) => {
    if (!answer.result) throw new Error(`The load client failed: ${answer.reason}`);
    return answer.result as unknown;
  });
  const stop = async () => {
    if (client.connected) client.disconnect();
    await ended;
  };
  return { answer, stop };
}
