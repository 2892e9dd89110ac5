import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import { FormFault } from "~/http/form-fault.server";
import { receiveUpload, type UploadLimits } from "./intake.server";

const uploader = "b9c7b0a4-0d5e-4f4e-9d1b-0c9f7f6f3c11";
const limits: UploadLimits = { bytes: 100_000, pictures: 3 };
const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

type Taken = { bytes: number };

/** Answers with what it read, as JSON. */
async function serve(
  own: Partial<UploadLimits> = {},
  begin = async (): Promise<number | null> => 3,
) {
  const seen: { most: number; hasBegun: boolean; gone?: string } = { most: 0, hasBegun: false };
  let holding = 0;
  const server = createServer(async (req, res) => {
    try {
      const upload = await receiveUpload<Taken>(
        req,
        uploader,
        { ...limits, ...own },
        {
          begin: () => {
            seen.hasBegun = true;
            return begin();
          },
          take: async (bytes) => {
            seen.most = Math.max(seen.most, ++holding);
            await new Promise((resolve) => setTimeout(resolve, 5));
            holding -= 1;
            return { bytes: Buffer.concat(bytes).length };
          },
        },
      );
      res.end(JSON.stringify(upload));
    } catch (error) {
      if (!(error instanceof FormFault)) throw error;
      seen.gone = error.phrase.id;
      res.writeHead(error.status).end(error.phrase.id);
    }
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, port, seen };
}

function form(fields: Record<string, string>, ...files: (number | File)[]): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  for (const file of files) {
    data.append(
      "images",
      typeof file === "number" ? new File([new Uint8Array(file)], "a.jpg") : file,
    );
  }
  return data;
}

const post = (url: string, body: FormData) => fetch(url, { method: "POST", body });

/** What a client sends that makes up its own multipart. */
async function raw(port: number, parts: string, { cut = false } = {}) {
  const body = `--b\r\n${parts}${cut ? "" : "\r\n--b--\r\n"}`;
  const socket = connect(port, "127.0.0.1");
  socket.write(
    `POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
  let answer = "";
  for await (const chunk of socket) answer += chunk;
  return answer;
}

test("fields and pictures come in their order, one picture at a time", async () => {
  const { url, seen } = await serve();
  const answer = await post(url, form({ clientId: "1", body: "Grüße 🙂" }, 70_000, 3, 100_000));
  expect(await answer.json()).toEqual({
    fields: [
      ["clientId", "1"],
      ["body", "Grüße 🙂"],
    ],
    pictures: [{ bytes: 70_000 }, { bytes: 3 }, { bytes: 100_000 }],
  });
  expect(seen.most).toBe(1);
});

test("a picture that is too large and one too many are refused alone", async () => {
  const { url } = await serve();
  const answer = await post(url, form({}, 100_001, 10, 0, 10));
  expect(await answer.json()).toMatchObject({
    pictures: [
      { refused: { id: "picture.tooLarge" } },
      { bytes: 10 },
      { bytes: 0 },
      { refused: { id: "picture.tooMany", values: { max: 3 } } },
    ],
  });
});

test("an empty file input is no picture", async () => {
  const { url } = await serve();
  const answer = await post(url, form({ body: "hello" }, new File([], "")));
  expect(await answer.json()).toEqual({ fields: [["body", "hello"]], pictures: [] });
});

const head = (name: string, filename: string) =>
  `Content-Disposition: form-data; name="${name}"; filename="${filename}"\r\nContent-Type: text/html\r\n\r\n`;

test.each([
  ["climbs", "../../../etc/passwd"],
  ["has a quote", 'a\\"; name=\\"other'],
  ["is written backwards", "\u202Egpj.exe"],
  ["is very long", "x".repeat(20_000)],
  ["is of newlines that a browser wrote", "%0D%0A%0D%0A"],
])("a name that %s changes nothing", async (_, name) => {
  const { port } = await serve();
  expect(await raw(port, `${head("images", name)}abc`)).toMatch(/"pictures":\[\{"bytes":3\}\]/);
});

test("what cannot be understood refuses the form, and never leaves a picture out", async () => {
  const { port } = await serve();
  const refused = /400 Bad Request.*error\.(brokenForm|unknownField)/s;
  expect(await raw(port, `${head("images", "a\nb.jpg")}abc`)).toMatch(refused);
  expect(await raw(port, `${head("images", "a\r\nb.jpg")}abc`)).toMatch(/"bytes":3|400/);
  expect(await raw(port, "Content-Type: image/jpeg\r\n\r\nabc")).toMatch(refused);
  expect(await raw(port, 'Content-Disposition: form-data; name="images"; fi')).toMatch(refused);
  expect(await raw(port, `${head("images", "a.jpg")}abc`, { cut: true })).toMatch(refused);
  expect(await raw(port, `${head("pictures", "a.jpg")}abc`)).toMatch(/error\.filesNotAccepted/);
});

test("fields after a picture and hundreds of parts are refused", async () => {
  const { url } = await serve();
  const late = form({}, 3);
  late.append("body", "late");
  expect(await (await post(url, late)).text()).toBe("picture.fieldsFirst");
  const many = Object.fromEntries(Array.from({ length: 65 }, (_, index) => [`f${index}`, "x"]));
  expect(await (await post(url, form(many))).text()).toBe("error.tooManyFields");
  const files = Array.from({ length: 100 }, () => 1);
  expect(await (await post(url, form({}, ...files))).text()).toBe("error.tooManyFields");
});

test("no picture is read when there is no wish for any", async () => {
  const { url, seen } = await serve({}, async () => null);
  const answer = await post(url, form({ clientId: "1" }, 100, 100));
  expect(await answer.json()).toEqual({ fields: [["clientId", "1"]], pictures: [] });
  expect(seen.most).toBe(0);
});

test("an upload that stands still or never ends is given up", async () => {
  const parts = `${head("images", "a.jpg")}abc`;
  const stalled = await serve({ stalledMs: 50 });
  const socket = connect(stalled.port, "127.0.0.1");
  const begin = `POST / HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 90000\r\n\r\n--b\r\n${parts}`;
  socket.write(begin);
  const [answer] = await once(socket, "data");
  expect(String(answer)).toMatch(/^HTTP\/1\.1 408.*picture\.stalled/s);
  socket.destroy();

  const slow = await serve({ uploadMs: 300 });
  const dripping = connect(slow.port, "127.0.0.1");
  dripping.write(begin);
  const drip = setInterval(() => dripping.write("x"), 20);
  const [end] = await once(dripping, "data");
  clearInterval(drip);
  dripping.destroy();
  expect(String(end)).toMatch(/^HTTP\/1\.1 408/);
});

test("who hangs up in the middle leaves nothing behind", async () => {
  const { port, seen } = await serve();
  const socket = connect(port, "127.0.0.1");
  socket.write(
    `POST / HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 90000\r\n\r\n--b\r\n${head("images", "a.jpg")}abc`,
  );
  await vi.waitFor(() => expect(seen.hasBegun).toBe(true), 10_000);
  socket.destroy();
  await vi.waitFor(() => expect(seen.gone).toBe("error.brokenForm"), 10_000);
});
