import { useLoaderData } from "@remix-run/react";

export function loader() {
  return { line: "One line." };
}

export default function Line() {
  return <p>{useLoaderData<typeof loader>().line}</p>;
}
