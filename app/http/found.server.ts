import { data } from "@remix-run/node";

/** @throws the 404, which says the same of what does not exist and of what is not the viewer's */
export function found<Value>(value: Value | null | undefined): Value {
  if (value === null || value === undefined) throw notFound();
  return value;
}

export function notFound() {
  return data(null, { status: 404 });
}
