import { io, type Socket } from "socket.io-client";
import type { Idle } from "./plan.ts";
import { type Incoming, originOf, type Transport } from "./transport.ts";

/** Socket.IO's own client, over WebSocket from the start. */
export function socketIoTransport(plan: Idle): Transport {
  const originFor = originOf(plan);
  const sockets = new Map<string, Socket>();

  return {
    openStream: (person, onMessage) =>
      new Promise((resolve, reject) => {
        const socket = io(originFor(person), {
          transports: ["websocket"],
          forceNew: true,
          reconnection: false,
          auth: { token: person.token },
        });
        sockets.set(person.id, socket);
        socket.on("connect_error", reject);
        socket.on("hello", () => resolve());
        socket.on("message", (message: Incoming) => onMessage(message));
      }),
    send: ({ chat, sender, clientId, body }) =>
      new Promise((resolve, reject) => {
        const socket = sockets.get(sender.id);
        if (!socket) return reject(new Error("A sender without a socket"));
        socket.emit("send", { chatId: chat.id, clientId, body }, (answer: { seq?: number }) =>
          resolve(answer.seq !== undefined),
        );
      }),
    close: () => {
      for (const socket of sockets.values()) socket.disconnect();
    },
  };
}
