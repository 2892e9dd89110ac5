/** Of a file's name no more than this many UTF-16 units are shown. */
const shownUnits = 80;

/**
 * The name of a file as a person may read it: no folders, nothing that hides or turns what stands
 * around it. For refusals alone; nothing is ever stored under it.
 */
function shownName(filename: string): string {
  // Browsers write a quote so; as they do line breaks, which nobody has to see.
  const whole = filename.replaceAll("%22", '"').replace(/%0[AD]/gi, " ");
  const base = whole.split(/[/\\]/).at(-1) ?? "";
  const plain = base.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "").trim();
  return plain.slice(0, shownUnits).toWellFormed();
}

/** In pieces as they came: joining those of a photo would hold up everything else for 10 ms. */
export type FileBytes = readonly Buffer[];

/** A file while it arrives: no more of it than may be kept. */
export class IncomingFile {
  readonly #maxBytes: number;
  readonly #isNamed: boolean;
  #chunks: Buffer[] = [];
  #bytes = 0;
  #isDropped = false;
  isWhole = false;
  readonly name: string;

  constructor(maxBytes: number, filename: string) {
    this.#maxBytes = maxBytes;
    this.#isNamed = filename !== "";
    this.name = shownName(filename);
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
  takeBytes(): FileBytes {
    const pieces = this.#chunks;
    this.#chunks = [];
    return pieces;
  }
}
