import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect } from "./browsers";

const looks = [
  { width: 360, colorScheme: "dark", axe: true },
  { width: 768, colorScheme: "light", axe: false },
  { width: 1440, colorScheme: "light", axe: true },
] as const;

/**
 * On each width, and with axe on the narrowest and the widest. Colours do not depend on the width
 * nor the layout on colours, so that light and dark share the two.
 */
export async function inspect(page: Page, name: string) {
  const viewport = page.viewportSize();
  for (const { width, colorScheme, axe } of looks) {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const overflow = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return scrollWidth - clientWidth;
    });
    expect.soft(overflow, `${name} at ${width} px scrolls sideways`).toBe(0);
    if (!axe) continue;
    // Legacy: without a page of its own for each run, which frames alone would need.
    // What was found to be right is not listed: that took half of the time.
    const { violations } = await new AxeBuilder({ page })
      .setLegacyMode()
      .options({ resultTypes: ["violations"] })
      .analyze();
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((one) => one.html)}`);
    expect.soft(found, `${name} at ${width} px, ${colorScheme}`).toEqual([]);
  }
  if (viewport) await page.setViewportSize(viewport);
}
