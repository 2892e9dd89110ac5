/**
 * How mails look. Programs that show mails know little of CSS: what stands here is written into each
 * element, and only the colours of dark mode are rules, which those without it leave out. The colours
 * are those of `app/ui/theme.css`; every pair of text and surface meets WCAG AA.
 */
const font =
  "font-family:system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans','Helvetica Neue',Arial,sans-serif";

/** A word without end is broken instead of making the mail wider than a phone. */
const breaks = "overflow-wrap:anywhere;word-break:break-word";

export const styles = {
  body: `margin:0;padding:0;background:#f6f4f0;color:#1d2428;${font};font-size:16px;line-height:1.5;-webkit-text-size-adjust:100%`,
  outer: "width:100%;background:#f6f4f0;border-collapse:separate;border-spacing:0",
  edge: "padding:24px 12px",
  inner:
    "width:100%;max-width:560px;margin:0 auto;border-collapse:separate;border-spacing:0;table-layout:fixed",
  brand: `padding:0 4px 12px;color:#0b6158;${font};font-size:18px;font-weight:600`,
  card: `padding:24px 20px;background:#ffffff;border:1px solid #ddd8ce;border-radius:16px;color:#1d2428;${font};font-size:16px;line-height:1.5;${breaks}`,
  title: "margin:0 0 16px;font-size:20px;line-height:1.3;font-weight:600",
  text: "margin:0 0 16px",
  label: "margin:0 0 4px;color:#586069;font-size:14px",
  quote:
    "margin:0 0 16px;padding:10px 14px;background:#efece6;border-radius:12px;white-space:pre-wrap",
  chat: "margin:0 0 8px;padding:16px 0 0;border-top:1px solid #ddd8ce",
  names: "margin:0;font-size:17px;font-weight:600",
  about: "margin:0 0 12px;color:#586069;font-size:14px",
  button:
    "display:inline-block;margin:4px 0 16px;padding:12px 20px;background:#0b6158;color:#ffffff;border-radius:12px;font-weight:600;text-decoration:none",
  footer: `padding:16px 4px 0;color:#586069;${font};font-size:13px;line-height:1.5;${breaks}`,
  footerLine: "margin:0 0 8px",
  footerLink: "color:#0b6158;text-decoration:underline",
  preview:
    "display:none;max-height:0;max-width:0;overflow:hidden;opacity:0;font-size:1px;line-height:1px",
} as const;

export const darkRules = `
:root{color-scheme:light dark;supported-color-schemes:light dark}
@media (prefers-color-scheme:dark){
.canvas{background:#14181a!important;color:#ecebe7!important}
.brand,.link{color:#63c7b7!important}
.card{background:#1c2225!important;border-color:#333b40!important;color:#ecebe7!important}
.muted{color:#a3abb1!important}
.quote{background:#111517!important}
.line{border-color:#333b40!important}
.button{background:#63c7b7!important;color:#06231f!important}
}`;
