import { createRequire } from "node:module";
import PDFDocument from "pdfkit";
import { needsBidi, visualLines } from "./visual-lines.ts";

const fontFile = createRequire(import.meta.url).resolve;
const fonts = {
  plain: fontFile("dejavu-fonts-ttf/ttf/DejaVuSans.ttf"),
  bold: fontFile("dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf"),
  mono: fontFile("dejavu-fonts-ttf/ttf/DejaVuSansMono.ttf"),
};

export type Style = { font: keyof typeof fonts; size: number; color: string; indent?: number };

/** In points, of which 72 are an inch. */
const margins = { top: 48, left: 48, right: 48, bottom: 56 };
const footerSize = 7;

type FontWithGlyphs = { _font: { font: { hasGlyphForCodePoint(codePoint: number): boolean } } };

/**
 * Pages that text runs down. Where the bytes of a part begin, a comment in the page says its name:
 * pages are not packed, so that the verifier can tell the message that was changed.
 */
export function openPaper({ title, createdAt }: { title: string; createdAt: Date }) {
  const doc = new PDFDocument({
    size: "A4",
    margins,
    bufferPages: true,
    autoFirstPage: false,
    compress: true,
    info: { Title: title, Creator: "Parley", Producer: "Parley", CreationDate: createdAt },
  });
  const chunks: Buffer[] = [];
  doc.on("data", (chunk: Buffer) => chunks.push(chunk));
  for (const [name, file] of Object.entries(fonts)) doc.registerFont(name, file);
  const known = new Map<string, boolean>();
  let part = "beginning";

  const mark = (name: string) => doc.addContent(`%parley-part ${name}`);
  const addPage = () => {
    doc.compress = false;
    doc.addPage();
    doc.compress = true;
    mark(part);
  };
  // A text that fills a page goes on to the next by itself.
  doc.on("pageAdded", () => mark(part));
  const width = () => doc.page.width - margins.left - margins.right;
  const hasGlyph = (font: string, character: string) => {
    const key = font + character;
    let has = known.get(key);
    if (has === undefined) {
      const { font: glyphs } = (doc as unknown as FontWithGlyphs)._font;
      has = glyphs.hasGlyphForCodePoint(character.codePointAt(0) ?? 0);
      known.set(key, has);
    }
    return has;
  };

  /** What the font cannot show does not vanish: its number stands for it. */
  const showable = (text: string, font: string) =>
    text.replace(/[^\n\x20-\x7e]/gu, (character) => {
      if (character === "\t") return "    ";
      if (!isControl(character) && hasGlyph(font, character)) return character;
      if (isJoiner(character)) return "";
      const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
      return `[U+${code}]`;
    });

  const makeRoom = (height: number) => {
    if (doc.y + height > doc.page.maxY()) addPage();
  };

  function write(text: string, { font, size, color, indent = 0 }: Style) {
    doc.font(font).fontSize(size).fillColor(color);
    const left = margins.left + indent;
    const room = width() - indent;
    const shown = showable(text, font);
    makeRoom(doc.currentLineHeight(true));
    if (!needsBidi(shown)) {
      doc.text(shown, left, doc.y, { width: room });
      return;
    }
    const whole = { features: [], lineBreak: false };
    for (const line of visualLines(shown, room, (piece) => doc.widthOfString(piece, whole))) {
      const height = doc.currentLineHeight(true);
      makeRoom(height);
      const y = doc.y;
      let x = line.isRightToLeft ? left + room - line.width : left;
      for (const run of line.runs) {
        const runText = isTurned(run) ? [...run.text].reverse().join("") : run.text;
        doc.text(runText, x, y, whole);
        x += doc.widthOfString(runText, whole);
      }
      doc.x = left;
      doc.y = y + height;
    }
  }

  return {
    addPage,
    write,
    space(points: number) {
      doc.y += points;
    },
    /** What follows belongs to this part of the file. */
    begin(name: string) {
      part = name;
      mark(name);
    },
    /** @param side of the square into which it fits */
    picture(jpeg: Buffer, size: { width: number; height: number }, side: number) {
      const scale = side / Math.max(size.width, size.height);
      const height = size.height * scale;
      makeRoom(height);
      doc.image(jpeg, margins.left, doc.y, { width: size.width * scale, height });
      doc.x = margins.left;
      doc.y += height + 3;
    },
    attach(content: Buffer, name: string, description: string) {
      const type = "application/json";
      doc.file(content, {
        name,
        description,
        type,
        creationDate: createdAt,
        modifiedDate: createdAt,
      });
    },
    /** @param footer what stands at the foot of each page */
    async close(footer: (page: number, pages: number) => string): Promise<Buffer> {
      const { count } = doc.bufferedPageRange();
      for (let at = 0; at < count; at++) {
        doc.switchToPage(at);
        mark(`page ${at + 1}`);
        // Below the margin, where text would else begin a page.
        doc.page.margins.bottom = 0;
        doc.font("plain").fontSize(footerSize).fillColor("#52525b");
        const text = showable(footer(at + 1, count), "plain");
        doc.text(text, margins.left, doc.page.height - 36, { width: width(), lineBreak: false });
      }
      const ended = new Promise((resolve) => doc.once("end", resolve));
      doc.end();
      await ended;
      return Buffer.concat(chunks);
    },
  };
}

/** The shaper turns Arabic and Hebrew itself, but not what stands alone between them. */
const isTurned = ({ text, isRightToLeft }: { text: string; isRightToLeft: boolean }) =>
  isRightToLeft && !needsBidi(text);

/** Those that change the order of what is seen among them: they are shown as what they are. */
const isControl = (character: string) => /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u.test(character);

/** Nothing is seen of them anyway. */
const isJoiner = (character: string) =>
  /^(?:\p{Join_Control}|\p{Variation_Selector})$/u.test(character);

export type Paper = ReturnType<typeof openPaper>;
