import type { Profile } from "@stelai/sdk";
import { useModels, useStelai } from "@stelai/sdk/react";
import { TriangleAlert } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { type Address, isAddressEqual } from "viem";
import { useSignIn } from "../../access/SignInProvider.tsx";
import { CharacterCard, CharacterCardSkeleton } from "../../explore/CharacterCard.tsx";
import { T, useT } from "../../i18n/react.tsx";
import { Avatar } from "../../ui/Avatar.tsx";
import { Button } from "../../ui/Button.tsx";
import { Hash } from "../../ui/Hash.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { ButtonLink, Link } from "../../ui/Link.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import { StoppedError } from "../../wallet/errors.ts";
import { useWallet } from "../../wallet/WalletProvider.tsx";
import { Failed } from "../Failed.tsx";
import { hostOf } from "./edit.ts";
import { Follow } from "./Follow.tsx";
import css from "./Person.module.css";
import { TheirWorks } from "./TheirWorks.tsx";

const EditProfile = lazy(() => import("./EditProfile.tsx"));

/** Who an account says it is, what warns of it, its public characters and its works. */
export function Person({ profile }: { profile: Profile }) {
  const t = useT();
  const stelai = useStelai();
  const { address, name, ens, bio, picture, links, looksLike, followers } = profile;
  const mine = useWallet().address;
  const isOwn = mine !== undefined && isAddressEqual(mine, address);
  return (
    <div className={css.person}>
      <div className={css.top}>
        <div className={css.picture}>
          <Avatar
            id={address.toLowerCase()}
            size={128}
            src={picture ? stelai.characters.gatewayUrl(picture) : undefined}
          />
        </div>
        <div className={css.about}>
          <p className={css.facts}>
            {ens && name && <span translate="no">{ens}</span>}
            <Hash value={address} what={t("wallet.address")} />
            <span>{t("person.followers", { count: followers })}</span>
          </p>
          {looksLike && (
            <div className={css.alike} role="note">
              <Icon of={TriangleAlert} size={18} />
              <p>
                <T
                  id="person.looksLike"
                  values={{ name: looksLike.name }}
                  components={{ person: <Link href={`/people/${looksLike.address}`} translate="no" /> }}
                />
              </p>
            </div>
          )}
          {bio && (
            <p className={css.bio} translate="no">
              {bio}
            </p>
          )}
          {links.length > 0 && (
            <ul className={css.links} aria-label={t("profile.links")}>
              {links.map((link) => (
                <li key={link}>
                  <Link href={link} translate="no" rel="noreferrer nofollow ugc" title={link}>
                    {hostOf(link)}
                  </Link>
                </li>
              ))}
            </ul>
          )}
          {isOwn ? <OwnActs profile={profile} /> : <Follow profile={profile} />}
        </div>
      </div>
      <TheirCharacters owner={address} isOwn={isOwn} />
      <TheirWorks account={address} isOwn={isOwn} />
    </div>
  );
}

function OwnActs({ profile }: { profile: Profile }) {
  const t = useT();
  const { status, require } = useSignIn();
  const [isEditing, setEditing] = useState(false);
  const edit = () =>
    void require("signIn.why.profile")
      .then(() => setEditing(true))
      .catch((error: unknown) => {
        if (!(error instanceof StoppedError)) throw error;
      });
  return (
    <>
      {!profile.name && <p className={css.muted}>{t("person.noProfileOwn")}</p>}
      <div className={css.buttons}>
        <Button variant="primary" onClick={edit}>
          {profile.name ? t("profile.edit") : t("profile.create")}
        </Button>
        <ButtonLink href="/settings">{t("settings.title")}</ButtonLink>
      </div>
      {isEditing && status === "in" && (
        <Suspense>
          <EditProfile profile={profile} onClose={() => setEditing(false)} />
        </Suspense>
      )}
    </>
  );
}

function TheirCharacters({ owner, isOwn }: { owner: Address; isOwn: boolean }) {
  const t = useT();
  const models = useModels({ staleTime: 30_000 });
  const theirs = models.data?.filter(({ stelai }) => isAddressEqual(stelai.owner, owner));
  return (
    <section className={css.characters} aria-labelledby="their-characters">
      <h2 id="their-characters">{t("person.characters")}</h2>
      {models.error && !theirs ? (
        <Failed error={models.error} onAgain={() => void models.refetch()} />
      ) : !theirs ? (
        <div className={css.grid} aria-busy>
          <CharacterCardSkeleton />
          <CharacterCardSkeleton />
        </div>
      ) : theirs.length === 0 ? (
        <p className={css.muted}>
          {isOwn ? <T id="person.noneOwn" components={{ link: <Link href="/publish" /> }} /> : t("person.none")}
        </p>
      ) : (
        <ul className={css.grid}>
          {theirs.map((model) => (
            <li key={model.id}>
              <CharacterCard model={model} by={false} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** The place of a profile that is still being fetched. */
export function PersonSkeleton() {
  return (
    <div className={css.person} aria-busy>
      <div className={css.top}>
        <Skeleton width="8rem" height="8rem" />
        <div className={css.about}>
          <Skeleton width="60%" />
          <Skeleton height="4.5rem" />
          <Skeleton width="6rem" height="var(--control-height)" />
        </div>
      </div>
      <div className={css.grid}>
        <CharacterCardSkeleton />
        <CharacterCardSkeleton />
      </div>
    </div>
  );
}
