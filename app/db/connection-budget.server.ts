import postgres from "postgres";
import { StartupError } from "~/operations/startup-error.server";

/** Of a web process beside its pool: the listener, and one to spare while it connects again. */
const besidePool = 2;
/** Of a process that does jobs: two of the queue's own, and two that jobs share. */
export const jobConnections = { queue: 2, jobs: 2 };
/** Jobs wait for other servers nearly all the time; the second is there for when the first crashes. */
const mostJobProcesses = 2;
/** More connections than this are of no use to a process that runs on one core. */
const mostUseful = 10;
/** What migrations, back-ups and people need on the embedded server. */
const forOthers = 20;

/** Whether the web process at this place, counted from 0, does jobs, where they are done in web processes. */
export const doesJobs = (place: number): boolean => place < mostJobProcesses;

function forJobs(processes: number): number {
  return Math.min(processes, mostJobProcesses) * (jobConnections.queue + jobConnections.jobs);
}

/** `max_connections` for an embedded server with these web processes, at least PostgreSQL's 100. */
export function connectionsFor(processes: number, poolSize = mostUseful): number {
  return Math.max(100, processes * (poolSize + besidePool) + forJobs(processes) + forOthers);
}

/**
 * How many connections each web process keeps in its pool: `wanted`, else 10, or as many fewer as
 * it takes to leave half of the server's connections to other instances and programs.
 *
 * @param room connections that the server has for everybody
 * @throws StartupError when all processes together do not fit at all
 */
export function poolSizeFor(processes: number, room: number, wanted?: number): number {
  const share = Math.floor((room / 2 - forJobs(processes)) / processes) - besidePool;
  const poolSize = wanted ?? Math.max(2, Math.min(mostUseful, share));
  const left = room - forJobs(processes);
  if (processes * (poolSize + besidePool) <= left) return poolSize;
  const fitting = Math.max(1, Math.floor(left / (poolSize + besidePool)));
  throw new StartupError(
    `WEB_PROCESSES ${processes} with ${poolSize + besidePool} database connections each is more than the ${room} that PostgreSQL has: raise its max_connections or start fewer, for example WEB_PROCESSES=${fitting}`,
  );
}

/** Connections that the server has for those who are no superusers. */
export async function readRoom(url: string): Promise<number> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    const [row] = await sql<{ room: number }[]>`
      select current_setting('max_connections')::int
        - current_setting('superuser_reserved_connections')::int
        - coalesce(current_setting('reserved_connections', true)::int, 0) as room`;
    return row?.room ?? 0;
  } finally {
    await sql.end();
  }
}
