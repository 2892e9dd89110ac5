import { apiDocument } from "~/integration/api/document.server";

/** What the API is, for programs: nothing in it is anybody's. */
export const loader = () =>
  new Response(JSON.stringify(apiDocument()), {
    headers: {
      "Content-Type": "application/json",
      "Cache-Control": "public, max-age=300",
      "Access-Control-Allow-Origin": "*",
    },
  });
