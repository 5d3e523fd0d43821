import { FileDiffersError, type Generation } from "@stelai/sdk";
import { useStelai } from "@stelai/sdk/react";
import { useRef, useState } from "react";
import { useLocation } from "wouter";
import { dock } from "../app/dock.ts";
import { useT } from "../i18n/react.tsx";
import { useToast } from "../ui/Toast.tsx";
import { type Selection, toggle } from "./compare.ts";
import { fileName, saveFile } from "./files.ts";
import { characterIdOf } from "./modalities.ts";
import { nowPlaying, stop } from "./players/playback.ts";
import { variationOf } from "./settings.ts";
import { keep, promptKey, settingsKey } from "./stored.ts";
import type { Making, Order } from "./useMaking.ts";

/** A sheet about one result. */
export type Sheet = "provenance" | "publish" | "share" | "delete";

/** The tool on the workbench, as far as results need it; none on the page of all tools. */
export interface Bench {
  readonly model: string;
  /** What an order costs here, in words. */
  readonly price: (order: Order) => string;
  readonly generate: (order: Order) => void;
  /** Puts it into the prompt and the settings. */
  readonly fill: (order: Order) => void;
}

/** Everything that can be done with a result. */
export interface ResultActs {
  /** Whether the tool that made it is on the workbench: then it can be made again at once. */
  isHere(generation: Generation): boolean;
  /** What making it again costs, in words. */
  price(generation: Generation): string;
  reuse(generation: Generation): void;
  vary(generation: Generation): void;
  again(generation: Generation): void;
  cancel(generation: Generation): Promise<void>;
  dismiss(generation: Generation): Promise<void>;
  publish(generation: Generation): Promise<void>;
  download(generation: Generation): Promise<void>;
  exportAll(generation: Generation): Promise<void>;
  copySeed(generation: Generation): Promise<void>;
  /** Its address no longer works: a new one is asked for. */
  refresh(id: string): void;
  open(id: string): void;
  show(sheet: Sheet, generation: Generation): void;
  toggleCompared(id: string): void;
}

export interface ResultState {
  /** What did not work, until it is dealt with. */
  readonly problem: unknown;
  readonly setProblem: (problem: unknown) => void;
  /** Id of what is looked at large. */
  readonly large: string | undefined;
  readonly setLarge: (id: string | undefined) => void;
  readonly sheet: { kind: Sheet; generation: Generation } | undefined;
  readonly closeSheet: () => void;
  readonly compared: Selection;
  readonly setCompared: (selection: Selection) => void;
  /** Whether they stand side by side now. */
  readonly comparing: boolean;
  readonly setComparing: (comparing: boolean) => void;
}

const orderOf = ({ prompt, settings }: Generation): Order => ({ prompt, settings });

/** What can be done with results, and what is open because of it. */
export function useResultActs(making: Making, bench: Bench | undefined): [ResultActs, ResultState] {
  const t = useT();
  const stelai = useStelai();
  const echo = useToast();
  const [, go] = useLocation();
  const [problem, setProblem] = useState<unknown>();
  const [large, setLarge] = useState<string>();
  const [sheet, setSheet] = useState<ResultState["sheet"]>();
  const [compared, setCompared] = useState<Selection>([]);
  const [comparing, setComparing] = useState(false);
  const downloading = useRef(new Set<string>());
  const { live, session } = making;

  const attempt = async (work: () => Promise<void>) => {
    setProblem(undefined);
    try {
      await work();
    } catch (error) {
      setProblem(error);
    }
  };
  const isHere = ({ model }: Generation) => bench?.model === model;
  const reuse = (generation: Generation, order = orderOf(generation)) => {
    setLarge(undefined);
    if (bench && isHere(generation)) return bench.fill(order);
    const id = characterIdOf(generation.model);
    keep(promptKey(id), order.prompt);
    keep(settingsKey(id), order.settings);
    go(`/studio/${id}`);
  };
  const make = (generation: Generation, order: Order) => {
    if (!bench || !isHere(generation)) return reuse(generation, order);
    setLarge(undefined);
    bench.generate(order);
  };
  const save = (generation: Generation, part: "content" | "export") =>
    attempt(async () => {
      const key = `${generation.id} ${part}`;
      if (downloading.current.has(key)) return;
      downloading.current.add(key);
      echo(t("studio.downloading"));
      try {
        const { bytes, mediaType } = await stelai.generate.getFile({ generation, part, session });
        saveFile(fileName(generation, part === "export" ? "zip" : undefined), bytes, mediaType);
      } finally {
        downloading.current.delete(key);
      }
    });

  const acts: ResultActs = {
    isHere,
    price: (generation) => bench?.price(orderOf(generation)) ?? "",
    reuse,
    vary: (generation) => make(generation, { prompt: generation.prompt, settings: variationOf(generation.settings) }),
    again: (generation) => make(generation, orderOf(generation)),
    cancel: ({ id }) => attempt(async () => live.put(await stelai.generate.cancelGeneration({ id, session }))),
    dismiss: ({ id }) =>
      attempt(async () => {
        live.remove(id);
        if (large === id) setLarge(undefined);
        setCompared((before) => before.filter((one) => one !== id));
        try {
          await stelai.generate.deleteGeneration({ id, session });
        } catch (error) {
          live.restore(id);
          throw error;
        }
        if (nowPlaying() === id) {
          stop();
          dock(undefined);
        }
        echo(t("studio.deleted"));
      }),
    publish: ({ id }) => attempt(async () => live.put(await stelai.generate.publishGeneration({ id, session }))),
    download: (generation) => save(generation, "content"),
    exportAll: (generation) => save(generation, "export"),
    copySeed: async ({ settings }) => {
      try {
        await navigator.clipboard.writeText(String(settings.seed));
        echo(t("studio.seedCopied"));
      } catch {
        echo(t("ui.copyFailed"));
      }
    },
    refresh: (id) => {
      if (!live.mayRefresh(id)) return;
      // Where it fails the picture stays away, and its tile with everything else.
      stelai.generate.getGeneration({ id, session }).then(
        (generation) => live.put(generation),
        () => undefined,
      );
    },
    open: setLarge,
    show: (kind, generation) => setSheet({ kind, generation }),
    toggleCompared: (id) => setCompared((before) => toggle(before, id)),
  };
  const state: ResultState = {
    ...{ problem, setProblem, large, setLarge, sheet, compared, setCompared, comparing, setComparing },
    closeSheet: () => setSheet(undefined),
  };
  return [acts, state];
}

/** Whether a file that came was another one. */
export function isWrongFile(error: unknown): boolean {
  return error instanceof FileDiffersError;
}
