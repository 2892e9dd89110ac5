import { box, dot, drawing, everything, line, long, short, wood } from "./drawing";

const shadow = (x: number, y: number, rx: number, ry: number) =>
  `<ellipse cx="${x}" cy="${y}" rx="${rx}" ry="${ry}" fill="#000" opacity=".35" filter="url(#soft)"/>`;

const ring = (x: number, y: number) =>
  dot(x, y, 92, "none", 'stroke="#d9bd9a" stroke-width="9" opacity=".55"') +
  dot(x, y, 97, "none", 'stroke="#e7d3b8" stroke-width="3" opacity=".4"');

const coin = (x: number, y: number) =>
  shadow(x + 5, y + 8, 40, 36) +
  dot(x, y, 38, "#c9a23f") +
  dot(x, y, 28, "#c8c9cc") +
  line(`M${x - 12} ${y - 8}h24m-24 10h24`, "#9a9ba0", 3);

const bolt = (x: number, y: number) =>
  shadow(x + 4, y + 6, 26, 24) +
  dot(x, y, 24, "#8f949b") +
  `<path d="M${x - 11} ${y}l6-10h11l6 10l-6 10h-11z" fill="#4b4f55"/>`;

const plank = { x: 0, y: 250, width: long, height: 130 };

/** The photos that people of the demo market send each other, each drawn by code. */
export const scenes = {
  ringInDaylight: () =>
    drawing([
      wood(everything),
      `<path d="M0 0H420L120 ${short}H0z" fill="#fff3d6" opacity=".16"/>`,
      ring(520, 390),
    ]),
  ringWithCoin: () => drawing([wood(everything, { seed: 2 }), ring(400, 370), coin(590, 430)]),
  edgeWithDent: () =>
    drawing([
      box(everything, "#d8d3c7"),
      wood({ x: 0, y: 180, width: long, height: 210 }, { seed: 3 }),
      wood({ x: 0, y: 390, width: long, height: 70 }, { seed: 4, base: "#5f3c25" }),
      `<path d="M540 388q26 34 62 0z" fill="#3c2415"/>`,
      shadow(480, 500, 460, 26),
    ]),
  frameFromBelow: () =>
    drawing([
      wood(everything, { seed: 5, base: "#8a6140" }),
      wood({ x: 90, y: 90, width: 780, height: 70 }, { seed: 6, base: "#6b452b" }),
      wood({ x: 90, y: 560, width: 780, height: 70 }, { seed: 7, base: "#6b452b" }),
      box({ x: 90, y: 90, width: 70, height: 540 }, "#63402a"),
      box({ x: 800, y: 90, width: 70, height: 540 }, "#63402a"),
    ]),
  boltsOfTheLegs: () =>
    drawing([
      wood(everything, { seed: 8, base: "#8a6140" }),
      box({ x: 250, y: 130, width: 460, height: 460 }, "#b9bec4", 'rx="14"'),
      bolt(330, 210),
      bolt(630, 210),
      bolt(330, 510),
      bolt(630, 510),
    ]),
  stampAndSocks: () =>
    drawing(
      [
        wood({ ...everything, width: short, height: long }, { seed: 9, base: "#8a6140" }),
        dot(360, 330, 96, "none", 'stroke="#2c1a10" stroke-width="10" opacity=".7"'),
        line("M300 350q60-110 120 0m-96-30h72", "#2c1a10", 12, 'opacity=".7"'),
        line("M190 960v-140q0-50 60-50", "#3d6fb4", 90),
        line("M530 960v-140q0-50-60-50", "#3d6fb4", 90),
        line("M160 860h80m-80 40h80M500 860h80m-80 40h80", "#f2d24b", 14),
      ],
      { width: short, height: long },
    ),
  cornerWithTape: () =>
    drawing([
      box(everything, "#efe7da"),
      `<path d="M0 0H330V430L0 560z" fill="#ded3c2"/>`,
      `<path d="M330 430H${long}V${short}H0V560z" fill="#c9a77c"/>`,
      line("M120 660L350 500H780L700 660z", "#2f6fd0", 12),
      box({ x: 520, y: 90, width: 300, height: 220 }, "#bcd9ee", 'stroke="#fff" stroke-width="16"'),
      line("M670 90v220", "#fff", 10),
    ]),
  bootOfTheCar: () =>
    drawing([
      box(everything, "#3b4a52"),
      `<path d="M140 130Q480 60 820 130L880 640H80z" fill="#171b1e"/>`,
      `<path d="M200 190Q480 140 760 190L720 430H240z" fill="#2a3238"/>`,
      `<path d="M240 430H720L830 640H130z" fill="#4a4f52"/>`,
      line("M200 600L740 450", "#f1c40f", 14),
      line("M240 580v18m80-40v18m80-40v18m80-40v18m80-40v18m80-40v18", "#1c1c1c", 4),
    ]),
  rugAtNoon: () =>
    drawing([
      box(everything, "#a4513d"),
      ...[0, 1, 2, 3].map((at) =>
        line(
          `M0 ${110 + at * 170}l120-60 120 60 120-60 120 60 120-60 120 60 120-60 120 60`,
          "#e0c9a0",
          18,
        ),
      ),
      wood({ ...plank, y: 640, height: 80 }, { seed: 10, base: "#c9a77c", grain: "#a07f55" }),
      `<path d="M330 190l300 40-36 250-300-44z" fill="#fbfaf6"/>`,
    ]),
} satisfies Record<string, () => string>;

export type SceneName = keyof typeof scenes;
