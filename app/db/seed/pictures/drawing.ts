import { seededRandom } from "../content/long-chat/random";

/** Of every demo picture, in pixels; upright ones are turned. */
export const long = 960;
export const short = 720;

/** A drawing as SVG, lit from one side as a photo is. */
export function drawing(parts: string[], { width = long, height = short } = {}): string {
  const light = `<radialGradient id="light" cx=".3" cy=".2" r="1"><stop stop-color="#fff" stop-opacity=".25"/><stop offset=".6" stop-color="#fff" stop-opacity="0"/><stop offset="1" stop-opacity=".35"/></radialGradient>`;
  const soft = `<filter id="soft"><feGaussianBlur stdDeviation="6"/></filter>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><defs>${light}${soft}</defs>${parts.join("")}<rect width="100%" height="100%" fill="url(#light)"/></svg>`;
}

type Box = { x: number; y: number; width: number; height: number };

export const box = ({ x, y, width, height }: Box, fill: string, more = "") =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${fill}" ${more}/>`;

export const everything: Box = { x: 0, y: 0, width: long, height: short };

export const dot = (x: number, y: number, r: number, fill: string, more = "") =>
  `<circle cx="${x}" cy="${y}" r="${r}" fill="${fill}" ${more}/>`;

export const line = (path: string, stroke: string, width: number, more = "") =>
  `<path d="${path}" fill="none" stroke="${stroke}" stroke-width="${width}" stroke-linecap="round" ${more}/>`;

/** Boards with a grain that runs along them; another seed is another tree. */
export function wood(at: Box, { seed = 1, base = "#7a4f32", grain = "#5a3722" } = {}): string {
  const noise = seededRandom(seed);
  const lines = Array.from({ length: Math.ceil(at.height / 9) }, () => {
    const y = at.y + noise() * at.height;
    const bend = () => (noise() - 0.5) * 26;
    const third = at.width / 3;
    const path = `M${at.x} ${y}c${third} ${bend()} ${2 * third} ${bend()} ${at.width} ${bend()}`;
    return line(path, grain, 1 + noise() * 2.5, `opacity="${(0.15 + noise() * 0.4).toFixed(2)}"`);
  });
  return box(at, base) + lines.join("");
}
