import { notFound } from "~/http/found.server";

export function loader() {
  throw notFound();
}

export function action() {
  throw notFound();
}

/** Never shown; without it the 404 would be an answer for machines and not a page. */
export default function NotFound() {
  return null;
}
