import { altText } from "~/attachments/alt-text";

type Field = [name: string, value: string];

/** The fields of a form that sends pictures, those that are about the pictures apart. */
export type PictureFields = {
  text: Field[];
  /** Pictures that an earlier, refused try stored. */
  kept: string[];
  /** The words for a picture: kept ones come first, then files; `id` is that of a kept one. */
  altOf: (index: number, id?: string) => string | null;
};

const ofOnePicture = "alt-";

/**
 * @param fields `alt` comes once for each picture; a form without scripts, whose kept pictures can be
 *   left out, says `alt-ID` instead
 */
export function pictureFields(fields: readonly Field[]): PictureFields {
  const text: Field[] = [];
  const kept: string[] = [];
  const alts: string[] = [];
  const altsOfKept = new Map<string, string>();
  for (const [name, value] of fields) {
    if (name === "kept") kept.push(value.toLowerCase());
    else if (name === "alt") alts.push(value);
    else if (name.startsWith(ofOnePicture)) altsOfKept.set(name.slice(ofOnePicture.length), value);
    else text.push([name, value]);
  }
  const altOf: PictureFields["altOf"] = (index, id = "") =>
    altText(altsOfKept.get(id) ?? alts[index]);
  return { text, kept, altOf };
}
