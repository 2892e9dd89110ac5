import type { LoaderFunctionArgs } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { requireViewer } from "~/accounts/viewer.server";
import { db } from "~/db/db.server";
import { listingPath, listingsPath } from "~/http/paths";
import { type Listing, listListings } from "~/subjects/listings.server";
import { StageLabel } from "~/subjects/stage-label";
import { buttonClass } from "~/ui/button";
import { useFormat, useT } from "~/ui/i18n";
import { Page } from "~/ui/page";
import { titled } from "~/ui/page-title";
import { SubjectPicture } from "~/ui/subject-picture";

export { withOutsideSentences as clientLoader } from "~/ui/route-sentences";
export const handle = titled({ id: "listings.title" });

export async function loader({ request }: LoaderFunctionArgs) {
  await requireViewer(request);
  const after = new URL(request.url).searchParams.get("after");
  return { ...(await listListings(db, after)), isFirst: after === null };
}

export default function Listings() {
  const t = useT();
  const { listings, next, isFirst } = useLoaderData<typeof loader>();
  return (
    <Page title={t("listings.title")} intro={t("listings.intro")}>
      {listings.length === 0 && <p className="text-muted">{t("listings.empty")}</p>}
      <ul className="grid grid-cols-2 gap-3 md:grid-cols-3 md:gap-5 xl:grid-cols-4">
        {listings.map((listing) => (
          <ListingCard key={listing.reference} listing={listing} />
        ))}
      </ul>
      {(next || !isFirst) && (
        <nav aria-label={t("listings.pages")} className="mt-8 flex justify-center gap-3">
          {!isFirst && (
            <Link to={listingsPath} className={buttonClass("secondary")}>
              {t("listings.first")}
            </Link>
          )}
          {next && (
            <Link
              to={`${listingsPath}?after=${encodeURIComponent(next)}`}
              className={buttonClass("secondary")}
            >
              {t("listings.older")}
            </Link>
          )}
        </nav>
      )}
    </Page>
  );
}

function ListingCard({ listing }: { listing: Listing }) {
  const format = useFormat();
  return (
    <li className="relative flex flex-col overflow-hidden rounded-2xl border border-line bg-surface shadow-card focus-within:border-accent hover:border-accent">
      <SubjectPicture picture={listing.picture} className="aspect-[4/3]" />
      <div className="flex flex-1 flex-col items-start gap-1.5 p-3 md:p-4">
        <h2 className="text-sm md:text-base">
          <Link
            to={listingPath(listing.reference)}
            className="line-clamp-2 after:absolute after:inset-0 after:rounded-2xl"
          >
            <bdi>{listing.title}</bdi>
          </Link>
        </h2>
        <p className="mt-auto font-semibold tabular-nums md:text-lg">
          {format.price(listing.priceAmount, listing.priceCurrency)}
        </p>
        <StageLabel stage={listing.stage} />
      </div>
    </li>
  );
}
