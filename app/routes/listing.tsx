import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { requireViewer } from "~/accounts/viewer.server";
import { startChat } from "~/chats/start.server";
import { db } from "~/db/db.server";
import { answerHeaders } from "~/http/answer-headers";
import { found } from "~/http/found.server";
import { chatPath } from "~/http/paths";
import { environment } from "~/operations/environment.server";
import { findListing } from "~/subjects/listings.server";
import { StageLabel } from "~/subjects/stage-label";
import { Button } from "~/ui/button";
import { FormErrors } from "~/ui/field";
import { type Phrase, useFormat, useT } from "~/ui/i18n";
import { Icon } from "~/ui/icon";
import { titledBy } from "~/ui/page-title";
import { SubjectPicture } from "~/ui/subject-picture";

export const headers = answerHeaders;
export { withOutsideSentences as clientLoader } from "~/ui/route-sentences";
export const handle = titledBy<typeof loader>(({ listing }) => listing.title);

export async function loader({ request, params }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request);
  const { sellerId, ...listing } = found(await findListing(db, viewer, params.reference ?? ""));
  return { listing, isOwn: sellerId === viewer.id };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const viewer = await requireViewer(request);
  const most = environment().limitNewChatsPerHour;
  const started = found(await startChat(db, viewer, params.reference ?? "", most));
  if ("chatId" in started) return redirect(chatPath(started.chatId), 303);
  if (started.refused === "ownListing") return refuse({ id: "listings.own" }, 422);
  if (started.refused === "blocking") return refuse({ id: "listings.blocking" }, 422);
  if (started.refused === "notDelivered") return refuse({ id: "chat.notDelivered" }, 422);
  const minutes = Math.ceil(started.retryAfter / 60);
  const headers = { "Retry-After": String(started.retryAfter) };
  return refuse({ id: "listings.tooManyChats", values: { minutes } }, 429, headers);
}

function refuse(phrase: Phrase, status: number, headers?: HeadersInit) {
  return data({ errors: [phrase] }, { status, headers });
}

export default function ListingPage() {
  const t = useT();
  const format = useFormat();
  const { listing, isOwn } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <article className="mx-auto grid w-full max-w-5xl gap-6 px-4 py-6 md:grid-cols-2 md:gap-10 md:px-6 md:py-10">
      <SubjectPicture
        picture={listing.picture}
        className="aspect-[4/3] rounded-2xl md:aspect-square"
      />
      <div className="flex flex-col items-start">
        <StageLabel stage={listing.stage} />
        <h1 className="mt-3 text-balance font-semibold text-2xl tracking-tight md:text-3xl">
          <bdi>{listing.title}</bdi>
        </h1>
        <p className="mt-2 font-semibold text-xl tabular-nums">
          {format.price(listing.priceAmount, listing.priceCurrency)}
        </p>
        <p className="mt-1 text-muted">{t("listings.by", { name: listing.sellerName })}</p>
        <div className="mt-6 w-full">
          {isOwn ? <Own /> : <MessageSeller errors={answer?.errors} />}
        </div>
        <h2 className="mt-8 font-semibold">{t("listings.description")}</h2>
        <p dir="auto" className="mt-2 whitespace-pre-line break-words text-pretty leading-relaxed">
          {listing.description}
        </p>
      </div>
    </article>
  );
}

function MessageSeller({ errors }: { errors?: Phrase[] }) {
  const t = useT();
  const isBusy = useNavigation().state !== "idle";
  return (
    <Form method="post" className="space-y-3">
      <FormErrors id="message-seller-error" errors={errors} />
      <Button disabled={isBusy} className="w-full md:w-auto md:px-8">
        <Icon className="icon-message-circle size-5" />
        {t("listings.messageSeller")}
      </Button>
    </Form>
  );
}

function Own() {
  const t = useT();
  return (
    <div className="rounded-xl bg-accent-soft px-4 py-3">
      <p className="font-medium">{t("listings.own")}</p>
      <p className="text-sm">{t("listings.ownText")}</p>
    </div>
  );
}
