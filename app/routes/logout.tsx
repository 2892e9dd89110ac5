import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { leaveSession } from "~/accounts/begin-session.server";
import { db } from "~/db/db.server";
import { homePath } from "~/http/paths";

/** A link must not sign anybody out. */
export function loader() {
  return redirect(homePath, 303);
}

export function action({ request }: ActionFunctionArgs) {
  return leaveSession(db, request, homePath);
}
