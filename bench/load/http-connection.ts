import { connect, type Socket } from "node:net";

type Waiting = { resolve: (status: number) => void; reject: (error: Error) => void };

/**
 * A kept-alive connection that carries one request at a time. As lean as it gets, because the
 * client shares the machine with what it measures.
 */
export class HttpConnection {
  private socket: Socket | null = null;
  private waiting: Waiting | null = null;
  private received = "";
  private readonly host: string;
  private readonly port: number;

  constructor(origin: string) {
    const { hostname, port } = new URL(origin);
    this.host = hostname;
    this.port = Number(port);
  }

  /** @returns the status of the answer, once all of it is here */
  send(request: string): Promise<number> {
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject };
      this.socket ??= this.open();
      this.socket.write(request);
    });
  }

  close(): void {
    this.socket?.destroy();
  }

  private open(): Socket {
    const socket = connect(this.port, this.host).setNoDelay(true).setEncoding("latin1");
    this.received = "";
    socket.on("data", (text: string) => {
      this.received += text;
      const status = completeStatus(this.received);
      if (status === null) return;
      this.received = "";
      this.settle()?.resolve(status);
    });
    socket.on("error", () => {});
    socket.on("close", () => {
      this.socket = null;
      this.settle()?.reject(new Error("The connection was closed before the answer"));
    });
    return socket;
  }

  private settle(): Waiting | null {
    const { waiting } = this;
    this.waiting = null;
    return waiting;
  }
}

/** The status of an answer that is here to its end, else null. */
function completeStatus(received: string): number | null {
  const end = received.indexOf("\r\n\r\n");
  if (end < 0) return null;
  const head = received.slice(0, end).toLowerCase();
  const length = /\r\ncontent-length: (\d+)/.exec(head)?.[1];
  const isComplete = head.includes("\r\ntransfer-encoding: chunked")
    ? received.endsWith("0\r\n\r\n")
    : received.length >= end + 4 + Number(length ?? 0);
  return isComplete ? Number(head.slice(9, 12)) : null;
}
