import { Form, useNavigation } from "@remix-run/react";
import { hasRole } from "~/accounts/roles";
import type { Viewer } from "~/accounts/viewer";
import { partOf, type RefusedForm } from "~/http/refused-form";
import type { viewPerson } from "~/moderation/people/person.server";
import { may } from "~/moderation/permissions";
import { Button } from "~/ui/button";
import { Avatar } from "~/ui/chat/avatar";
import { FormErrors, Select } from "~/ui/field";
import { useLanguage, useT } from "~/ui/i18n";
import { saidByHost } from "~/ui/said-by-host";
import { ErasurePanel } from "./erasure-panel";
import { Panel } from "./panel";
import { PastSanction } from "./past-sanction";
import { HoldPanel } from "./retention/hold-panel";
import { SanctionForm } from "./sanction-form";
import { UserChats } from "./user-chats";
import { RoleLabel, StandingLabel } from "./user-labels";

type Page = NonNullable<Awaited<ReturnType<typeof viewPerson>>> & {
  viewer: Pick<Viewer, "id" | "role">;
  isFirst: boolean;
  disputeId?: string;
  draftId: string;
};

/** A person as moderators see him: what he bore, his chats without a word of them, where he is signed in. */
export function UserPage({ page, refused }: { page: Page; refused?: RefusedForm }) {
  const t = useT();
  const { person, sanctions, viewer, draftId, disputeId } = page;
  const mayTouch = may.sanction(viewer, person) && !person.isErased;
  const isAdmin = hasRole(viewer, "admin");
  return (
    <>
      <Head person={person} blocks={page.blocks} />
      <div className="mt-5 grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="space-y-4">
          <Panel id="history" title={t("user.history")}>
            {sanctions.length === 0 && <p className="text-muted">{t("user.noHistory")}</p>}
            <ul className="divide-y divide-line">
              {sanctions.map((sanction) => (
                <li key={sanction.id} className="py-4 first:pt-0 last:pb-0">
                  <PastSanction
                    sanction={sanction}
                    mayLift={mayTouch}
                    mayDecide={may.decideAppeal(viewer, person, sanction.imposedBy)}
                    refused={refused?.typed.id === sanction.id ? refused : undefined}
                  />
                </li>
              ))}
            </ul>
          </Panel>
          <UserChats userId={person.id} {...page} />
        </div>
        <div className="space-y-4">
          {mayTouch && <SanctionForm draftId={draftId} disputeId={disputeId} refused={refused} />}
          <Sessions page={page} refused={refused} />
          <HoldPanel of={{ userId: person.id }} holds={page.holds} mayChange={isAdmin} />
          {isAdmin && !person.isErased && <Role person={person} refused={refused} />}
          <ErasurePanel userId={person.id} erasure={page.erasure} isAdmin={isAdmin} />
        </div>
      </div>
    </>
  );
}

function Head({ person, blocks: { made, received } }: Pick<Page, "person" | "blocks">) {
  const { id, name, email, role, standing, joinedAt } = person;
  const { t, format } = useLanguage();
  return (
    <div className="mt-5 flex items-center gap-4">
      <Avatar id={id} name={name} className="size-14 text-xl" />
      <div className="min-w-0">
        <h1 className="font-semibold text-2xl tracking-tight [overflow-wrap:anywhere]">
          <bdi>{name}</bdi>
        </h1>
        <p className="text-muted [overflow-wrap:anywhere]">
          {email ?? t("user.noEmail")} ·{" "}
          {t("users.joined", { at: format.moment(new Date(joinedAt)) })}
        </p>
        <FromHost person={person} />
        {made + received > 0 && (
          <p className="text-muted text-sm">{t("user.blockCounts", { made, received })}</p>
        )}
        <p className="mt-1 flex flex-wrap gap-1.5">
          <StandingLabel standing={standing} />
          <RoleLabel role={role} />
        </p>
      </div>
    </div>
  );
}

/** What the host marketplace says of who came from it. */
function FromHost({ person }: Pick<Page, "person">) {
  const { externalId, hostSuspendedAt } = person;
  const { t, format } = useLanguage();
  const said = [
    externalId !== null && t("user.host.id", { id: externalId }),
    ...saidByHost(person, t),
    hostSuspendedAt && t("user.host.suspended", { at: format.moment(new Date(hostSuspendedAt)) }),
  ].filter(Boolean);
  if (!said.length) return null;
  return <p className="text-muted text-sm [overflow-wrap:anywhere]">{said.join(" · ")}</p>;
}

function Sessions({ page, refused }: { page: Page; refused?: RefusedForm }) {
  const { t, format } = useLanguage();
  const isBusy = useNavigation().state !== "idle";
  const { sessions, person, viewer } = page;
  const moment = (time: string) => format.moment(new Date(time));
  return (
    <Panel id="sessions" title={t("user.sessions")}>
      {sessions.length === 0 && <p className="text-muted">{t("user.noSessions")}</p>}
      <ul className="space-y-1 text-sm">
        {sessions.map(({ signedInAt, expiresAt }) => (
          <li key={signedInAt + expiresAt}>
            {t("user.session", { at: moment(signedInAt), end: moment(expiresAt) })}
          </li>
        ))}
      </ul>
      {sessions.length > 0 && may.endSessions(viewer, person) && (
        <Form method="post" className="mt-3">
          <FormErrors id="sessions-error" errors={partOf(refused, "end-sessions").errors[""]} />
          <Button variant="secondary" name="intent" value="end-sessions" disabled={isBusy}>
            {t("user.endSessions")}
          </Button>
        </Form>
      )}
    </Panel>
  );
}

const roles = ["user", "moderator", "admin"] as const;

function Role({ person, refused }: Pick<Page, "person"> & { refused?: RefusedForm }) {
  const t = useT();
  const isBusy = useNavigation().state !== "idle";
  return (
    <Panel id="role" title={t("user.roleTitle")}>
      <Form method="post" className="space-y-4">
        <FormErrors id="role-error" errors={partOf(refused, "role").errors[""]} />
        <Select
          key={person.role}
          id="role-select"
          name="role"
          label={t("user.roleLabel")}
          hint={t("user.roleHint")}
          defaultValue={person.role}
          options={roles.map((role) => [role, t(`user.role.${role}`)])}
        />
        <Button variant="secondary" name="intent" value="role" disabled={isBusy}>
          {t("user.roleButton")}
        </Button>
      </Form>
    </Panel>
  );
}
