/** How the server and its picture process talk: a few facts as JSON, then bytes. */
export type Frame<Head> = { head: Head; body: Buffer };

const lengthBytes = 8;

/** @returns what to write, in pieces: joining them would copy the picture */
export function frameParts<Head>(head: Head, ...body: Buffer[]): Buffer[] {
  const json = Buffer.from(JSON.stringify(head));
  const lengths = Buffer.alloc(lengthBytes);
  lengths.writeUInt32BE(json.length, 0);
  lengths.writeUInt32BE(
    body.reduce((sum, part) => sum + part.length, 0),
    4,
  );
  return [lengths, json, ...body];
}

/**
 * Takes the chunks of a pipe and gives whole frames. The other side answers one frame before it is
 * given the next, so that two never share a chunk.
 */
export function frameReader<Head>(take: (frame: Frame<Head>) => void): (chunk: Buffer) => void {
  let chunks: Buffer[] = [];
  let arrived = 0;
  let expected = lengthBytes;

  return (chunk) => {
    chunks.push(chunk);
    arrived += chunk.length;
    if (arrived < expected) return;
    if (expected === lengthBytes) {
      chunks = [Buffer.concat(chunks)];
      const [lengths] = chunks as [Buffer];
      expected += lengths.readUInt32BE(0) + lengths.readUInt32BE(4);
      if (arrived < expected) return;
    }
    const whole = Buffer.concat(chunks);
    chunks = [];
    arrived = 0;
    expected = lengthBytes;
    const bodyStart = lengthBytes + whole.readUInt32BE(0);
    const head: Head = JSON.parse(whole.toString("utf8", lengthBytes, bodyStart));
    take({ head, body: whole.subarray(bodyStart) });
  };
}
