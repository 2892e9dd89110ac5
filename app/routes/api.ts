import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { db } from "~/db/db.server";
import { answerApi } from "~/integration/api/answer.server";

export const loader = ({ request, context }: LoaderFunctionArgs) => answerApi(db, request, context);

export const action = ({ request, context }: ActionFunctionArgs) => answerApi(db, request, context);
