export type Template = { id: string; title: string; body: string };

/** What `{buyer}`, `{seller}` and `{subject}` of a template stand for in a chat. */
export type TemplateNames = { buyer: string; seller: string; subject: string };

/** Once through: a name that looks like a placeholder stays a name. */
export function fillTemplate(body: string, names: TemplateNames): string {
  return body.replace(/\{(buyer|seller|subject)\}/g, (_, name: keyof TemplateNames) => names[name]);
}
