import { FormFault } from "~/http/form-fault.server";
import { maxFields } from "~/http/form-fields.server";
import type { PartHead, PartSink } from "~/http/multipart.server";
import { IncomingFile } from "./incoming-file";

/** The longest message is a quarter of it, in whatever script. */
const maxFieldBytes = 1024 * 1024;
const picturesField = "images";

/** The parts of an upload while they arrive: fields first, then pictures. */
export class UploadForm {
  readonly fields: [name: string, value: string][] = [];
  /** Those that are still to be taken, in their order. */
  readonly files: IncomingFile[] = [];
  readonly #maxFileBytes: number;
  #fieldCount = 0;
  #fieldBytes = 0;
  #hasFiles = false;

  constructor(maxFileBytes: number) {
    this.#maxFileBytes = maxFileBytes;
  }

  /** Whether there was a picture at all. */
  get hasFiles(): boolean {
    this.#hasFiles ||= this.files.some((file) => file.isThere);
    return this.#hasFiles;
  }

  /** @throws FormFault */
  readonly open = ({ name, filename }: PartHead): PartSink => {
    if (name !== picturesField) {
      if (filename) throw new FormFault(400, { id: "error.filesNotAccepted" });
      return this.#openField(name);
    }
    const file = new IncomingFile(this.#maxFileBytes, filename ?? "");
    this.files.push(file);
    return file;
  };

  /** Looks at what came. @throws FormFault */
  check(): void {
    if (this.#fieldBytes > maxFieldBytes) throw new FormFault(413, { id: "error.tooLarge" });
    const [file] = this.files;
    if (file?.isWhole && !file.isThere) this.files.shift();
  }

  /** @returns the next picture, when all of it has come */
  shift(): IncomingFile | undefined {
    if (!this.files[0]?.isWhole || !this.hasFiles) return undefined;
    return this.files.shift();
  }

  #openField(name: string): PartSink {
    // Whether a picture may be read at all follows from the fields.
    if (this.hasFiles) throw new FormFault(400, { id: "picture.fieldsFirst" });
    this.#fieldCount += 1;
    if (this.#fieldCount > maxFields) throw new FormFault(400, { id: "error.tooManyFields" });
    const chunks: Buffer[] = [];
    return {
      write: (chunk) => {
        this.#fieldBytes += chunk.length;
        if (this.#fieldBytes <= maxFieldBytes) chunks.push(chunk);
      },
      end: () => void this.fields.push([name, Buffer.concat(chunks).toString("utf8")]),
    };
  }
}
