import type { Profile } from "@stelai/sdk";
import { stelaiKey, useStelai } from "@stelai/sdk/react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { useSignIn } from "../../access/SignInProvider.tsx";
import { ImageField, useObjectUrl } from "../../creator/ImageField.tsx";
import { uploadImage } from "../../creator/upload.ts";
import { useT } from "../../i18n/react.tsx";
import { Avatar } from "../../ui/Avatar.tsx";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Input } from "../../ui/Input.tsx";
import { TextArea } from "../../ui/TextArea.tsx";
import { Failed } from "../Failed.tsx";
import { draftOf, MOST_NAME, problemsOf, updateOf } from "./edit.ts";
import css from "./Person.module.css";
import { PROFILE } from "./useProfile.ts";

/** One's own profile, to change. Drawn only while open, and signed in. */
export default function EditProfile({ profile, onClose }: { profile: Profile; onClose: () => void }) {
  const t = useT();
  const id = useId();
  const stelai = useStelai();
  const queries = useQueryClient();
  const { dropAfter } = useSignIn();
  const [draft, setDraft] = useState(() => draftOf(profile));
  const [image, setImage] = useState<Blob>();
  const [kept, setKept] = useState(profile.picture);
  const [isTried, setTried] = useState(false);
  const preview = useObjectUrl(image) ?? (kept ? stelai.characters.gatewayUrl(kept) : undefined);
  const problems = problemsOf(draft);
  const save = useMutation({
    mutationFn: async () => {
      const picture = image ? await uploadImage(stelai, image) : kept;
      await stelai.relayer.setProfile(updateOf(draft, picture));
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: stelaiKey(stelai, PROFILE) });
      onClose();
    },
    onError: (error) => void dropAfter(error),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(problems).length === 0) save.mutate();
  };
  const shown = (field: keyof typeof draft) => {
    const problem = isTried ? problems[field] : undefined;
    return problem && t(problem);
  };
  return (
    <Dialog
      open
      onClose={onClose}
      dismissible={!save.isPending}
      title={t("profile.edit")}
      description={t("profile.public")}
      foot={
        <>
          <Button variant="primary" type="submit" form={id} disabled={save.isPending}>
            {save.isPending ? t("profile.saving") : t("settings.save")}
          </Button>
          <Button onClick={onClose} disabled={save.isPending}>
            {t("settings.cancel")}
          </Button>
        </>
      }
    >
      <form id={id} className={css.form} onSubmit={submit}>
        <div className={css.picture}>
          <Avatar id={profile.address.toLowerCase()} size={72} src={preview} />
        </div>
        <ImageField image={image} onChange={setImage} />
        {kept && !image && (
          <div>
            <Button size="small" onClick={() => setKept(null)}>
              {t("publish.pictureRemove")}
            </Button>
          </div>
        )}
        <Input
          label={t("profile.name")}
          hint={t("profile.nameHint")}
          value={draft.name}
          maxLength={MOST_NAME * 2}
          autoComplete="nickname"
          onChange={(event) => setDraft({ ...draft, name: event.target.value })}
          error={shown("name")}
        />
        <TextArea
          label={t("profile.bio")}
          optional
          value={draft.bio}
          onChange={(event) => setDraft({ ...draft, bio: event.target.value })}
          error={shown("bio")}
        />
        <TextArea
          label={t("profile.links")}
          hint={t("profile.linksHint")}
          optional
          value={draft.links}
          autoCapitalize="off"
          spellCheck={false}
          onChange={(event) => setDraft({ ...draft, links: event.target.value })}
          error={shown("links")}
        />
        {save.error && <Failed error={save.error} />}
      </form>
    </Dialog>
  );
}
