import { useEffect, useState } from "react";
import { useT } from "../i18n/react.tsx";
import type { MessageId } from "../locales/en/index.ts";
import { Button } from "../ui/Button.tsx";
import { Field } from "../ui/Field.tsx";
import { IMAGE_TYPES, imageProblem } from "./image.ts";
import css from "./wizard/Form.module.css";

/** An address at which the page can show a picture of its own; undefined without one. */
export function useObjectUrl(image: Blob | undefined): string | undefined {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    if (!image) return setUrl(undefined);
    const made = URL.createObjectURL(image);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [image]);
  return url;
}

export interface ImageFieldProps {
  image: Blob | undefined;
  onChange: (image: Blob | undefined) => void;
}

/** A picture from this device, looked at before it is taken. */
export function ImageField({ image, onChange }: ImageFieldProps) {
  const t = useT();
  const [problem, setProblem] = useState<MessageId>();
  const take = async (file: File) => {
    const wrong = await imageProblem(file);
    setProblem(wrong);
    if (!wrong) onChange(file);
  };
  return (
    <Field label={t("publish.picture")} hint={t("publish.pictureHint")} optional error={problem && t(problem)}>
      {(control) => (
        <div className={css.picture}>
          <input
            {...control}
            type="file"
            accept={IMAGE_TYPES.join(",")}
            onChange={(event) => {
              const file = event.target.files?.[0];
              // The same file can be chosen again after it was changed.
              event.target.value = "";
              if (file) void take(file);
            }}
          />
          {image && (
            <Button
              onClick={() => {
                setProblem(undefined);
                onChange(undefined);
              }}
            >
              {t("publish.pictureRemove")}
            </Button>
          )}
        </div>
      )}
    </Field>
  );
}
