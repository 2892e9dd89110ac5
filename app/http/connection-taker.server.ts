import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";

/**
 * Takes the connection of a request from the HTTP server for good. To be called while the request is
 * being told of, before anything is awaited.
 *
 * @returns null when the request has to be answered as any other: it came together with others
 */
export type TakeConnection = (req: IncomingMessage, res: ServerResponse) => Promise<Socket | null>;

/**
 * Lets connections leave a server as one that is upgraded does, for what stays open by the thousand.
 * For each of its connections the server keeps a parser with room for all that could still come, and
 * of each answer under way the request, both their headers and a dozen listeners: 13 kB, which no
 * stream has a use for once its head is out.
 *
 * A request that asks for an upgrade itself is answered without one, as it always was; the server has
 * to be made with `shouldUpgradeCallback: () => false` for that.
 */
export function connectionTaker(server: Server): TakeConnection {
  const leaving = new WeakMap<IncomingMessage, (socket: Socket) => void>();
  server.on("upgrade", (req, socket: Socket) => {
    // A connection that nobody listens to would throw what it meets. Who closes his side is gone.
    socket.on("error", ignore).on("end", leave).on("finish", leave).resume();
    const take = leaving.get(req);
    if (take) take(socket);
    else socket.destroy();
  });

  return async (req, res) => {
    // It waits behind the answer to an earlier request on its connection.
    if (!res.socket) return null;
    let taken: Socket | null = null;
    leaving.set(req, (socket) => {
      res.detachSocket(socket);
      taken = socket;
    });
    // Node looks at this when it has read what has come, and then lets the connection go; unless
    // another request came right behind this one, or nonsense did.
    Object.assign(req, { upgrade: true });
    await new Promise<void>(process.nextTick);
    Object.assign(req, { upgrade: false });
    return taken;
  };
}

function ignore(): void {}

function leave(this: Socket): void {
  this.destroy();
}
