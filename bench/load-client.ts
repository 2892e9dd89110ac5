import { fork } from "node:child_process";
import { once } from "node:events";
import type { Task } from "./load/main.ts";
import type { Idle, LoadResult, Plan } from "./load/plan.ts";
import type { UploadPlan, UploadResult } from "./load/uploads.ts";

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

/** Sends photos from a process of its own, until what it returns is called. */
export function startUploads(plan: UploadPlan): () => Promise<UploadResult> {
  const client = startClient({ upload: plan });
  client.answer.catch(() => {});
  return async () => {
    try {
      client.finish();
      return (await client.answer) as UploadResult;
    } finally {
      await client.stop();
    }
  };
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
  const finish = () => void (client.connected && client.send("finish"));
  return { answer, finish, stop };
}
