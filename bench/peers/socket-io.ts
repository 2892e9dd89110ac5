import { createHmac, randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { createAdapter } from "@socket.io/postgres-adapter";
import pg from "pg";
import { Server } from "socket.io";
import { insertMessage, type PeerDraft, type PeerMessage } from "./message.ts";
import { serve } from "./serve.ts";

/**
 * The chat that one writes with Socket.IO in an afternoon: the session is looked up when a socket
 * connects, a room a chat, a send is stored and then emitted to its room through the PostgreSQL
 * adapter, and acknowledged.
 */
const { DATABASE_URL, SESSION_SECRET = "" } = process.env;
const pool = new pg.Pool({ connectionString: DATABASE_URL, max: 10 });
await pool.query(`create table if not exists socket_io_attachments (
  id bigserial unique, created_at timestamptz default now(), payload bytea)`);

const server = createServer();
const io = new Server(server, { adapter: createAdapter(pool), transports: ["websocket"] });

io.use(async (socket, next) => {
  const token = String(socket.handshake.auth.token);
  const id = createHmac("sha256", SESSION_SECRET).update(token).digest("hex");
  const { rows } = await pool.query(
    `select s.user_id, array_agg(p.chat_id) as chats from sessions s
     join chat_participants p on p.user_id = s.user_id
     where s.id = $1 and s.expires_at > now() group by s.user_id`,
    [id],
  );
  if (!rows[0]) return next(new Error("Not signed in"));
  socket.data.userId = rows[0].user_id;
  await socket.join(rows[0].chats);
  next();
});

io.on("connection", (socket) => {
  socket.emit("hello");
  socket.on("send", async (draft: PeerDraft, acknowledge: (answer: { seq?: number }) => void) => {
    try {
      const { chatId, clientId, body } = draft;
      if (!socket.rooms.has(chatId)) return acknowledge({});
      const id = randomUUID();
      const values = [id, chatId, socket.data.userId, clientId, body];
      const text = `${insertMessage} select seq, created_at from stored`;
      const { rows } = await pool.query({ name: "insert", text, values });
      const { seq, created_at: createdAt } = rows[0];
      const message = { id, chatId, seq, clientId, senderId: socket.data.userId, body, createdAt };
      io.to(chatId).emit("message", message satisfies PeerMessage);
      acknowledge({ seq });
    } catch (error) {
      process.stderr.write(`${error}\n`);
      acknowledge({});
    }
  });
});

serve(server);
