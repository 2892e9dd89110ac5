/** A file while it arrives: no more of it than may be kept. */
export class IncomingFile {
  readonly #maxBytes: number;
  readonly #isNamed: boolean;
  #chunks: Buffer[] = [];
  #bytes = 0;
  #isDropped = false;
  isWhole = false;

  constructor(maxBytes: number, filename: string) {
    this.#maxBytes = maxBytes;
    this.#isNamed = filename !== "";
  }

  /** A file input that was left empty sends a part without a name or a byte. */
  get isThere(): boolean {
    return this.#isNamed || this.#bytes > 0;
  }

  get isTooLarge(): boolean {
    return this.#bytes > this.#maxBytes;
  }

  readonly write = (chunk: Buffer): void => {
    this.#bytes += chunk.length;
    if (this.isTooLarge) this.drop();
    else if (!this.#isDropped) this.#chunks.push(chunk);
  };

  readonly end = (): void => {
    this.isWhole = true;
  };

  /** Nobody wants it: what else comes is thrown away. */
  drop(): void {
    this.#isDropped = true;
    this.#chunks = [];
  }

  /** Gives the bytes away; they are not kept here. */
  takeBytes(): Buffer {
    const bytes = Buffer.concat(this.#chunks, this.#bytes);
    this.#chunks = [];
    return bytes;
  }
}
