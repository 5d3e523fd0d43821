import "../../studio/words.ts";
import { type Generation, GenerationNotFoundError, NotSignedInError } from "@stelai/sdk";
import { stelaiKey, useStelai } from "@stelai/sdk/react";
import { useQuery } from "@tanstack/react-query";
import { Square, Volume2 } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useSignIn } from "../../access/SignInProvider.tsx";
import { dock } from "../../app/dock.ts";
import { formatCredits, formatUsd, WEI_PER_MICROCREDIT, worth } from "../../format/money.ts";
import { useT } from "../../i18n/react.tsx";
import { Failure } from "../../paying/Failure.tsx";
import { addressOf } from "../../studio/files.ts";
import { useLive } from "../../studio/live.ts";
import { AudioPlayer } from "../../studio/players/AudioPlayer.tsx";
import { PlayerBar } from "../../studio/players/PlayerBar.tsx";
import { play, stop, type Track, usePlayback } from "../../studio/players/playback.ts";
import { Cause, CostLine, useStateWords } from "../../studio/Tile.tsx";
import { isRunning, tileState } from "../../studio/tile.ts";
import { Button } from "../../ui/Button.tsx";
import { useCreditRate } from "../../ui/CreditRate.ts";
import { IconButton } from "../../ui/IconButton.tsx";
import type { Turn } from "../conversation.ts";
import { FirstListen } from "./FirstListen.tsx";
import css from "./Listen.module.css";
import { speechOf } from "./speech.ts";
import { useVoice, type Voice } from "./VoiceDesk.tsx";

const credits = (micro: bigint | undefined) =>
  formatCredits(micro === undefined ? undefined : micro * WEI_PER_MICROCREDIT, { rounding: "up" });

/** What reads a turn out, as far as it is known; `lost`: nobody has it any more, or it is somebody else's. */
function useReading(voice: Voice, id: string | undefined) {
  const stelai = useStelai();
  const signIn = useSignIn();
  const { live, session } = voice.making;
  const { known, gone } = useLive(live);
  const generation = id === undefined ? undefined : known.get(id);
  const { data, error, refetch } = useQuery({
    queryKey: stelaiKey(stelai, "generations", "one", id, signIn.status, String(session?.tabId)),
    queryFn: ({ signal }) => stelai.generate.getGeneration({ id: id ?? "", session, signal }),
    enabled: id !== undefined && !generation && signIn.status !== "loading" && voice.tab.status !== "loading",
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  useEffect(() => {
    if (data && !live.state.known.has(data.id)) live.put(data);
    if (data) live.follow(live.state.known.get(data.id) ?? data);
  }, [data, live]);
  const isLost =
    (id !== undefined && gone.has(id)) || error instanceof GenerationNotFoundError || error instanceof NotSignedInError;
  return {
    generation: isLost ? undefined : (generation ?? data),
    /** Whether there may be one that cannot be read just now. */
    isUnknown: id !== undefined && !generation && !data && !isLost,
    error: isLost ? undefined : error,
    again: () => void refetch(),
    /** Its address no longer works: a new one is asked for. */
    refresh: () => {
      if (id === undefined || !live.mayRefresh(id)) return;
      // Where it fails the player says so.
      stelai.generate.getGeneration({ id, session }).then(
        (fresh) => live.put(fresh),
        () => undefined,
      );
    },
  };
}

/** Reads one answer out, when a person asks for it: the price, the way there, and the player. */
export default function Listen({ turn }: { turn: Turn }) {
  const voice = useVoice();
  return voice ? <Reader voice={voice} turn={turn} /> : null;
}

function Reader({ voice, turn }: { voice: Voice; turn: Turn }) {
  const t = useT();
  const stelai = useStelai();
  const rate = useCreditRate();
  const words = useStateWords();
  const playback = usePlayback();
  const { generation, isUnknown, error, again, refresh } = useReading(voice, turn.spoken);
  const [isAsked, setAsked] = useState(false);
  /** Whether what comes was asked for here and now: then it plays once it is there. */
  const isWanted = useRef(false);
  const { paid, making } = voice;
  const most = voice.model.stelai.tool.maxPrompt;
  const { text, isCut } = speechOf(turn.content, { code: t("studio.listen.code") }, most);
  const reading = { turn: turn.id, text };
  const track = generation && trackOf(generation, addressOf.bind(undefined, stelai));

  useEffect(() => {
    if (!track || !isWanted.current) return;
    isWanted.current = false;
    dock(PlayerBar);
    play(track);
  }, [track]);

  if (track) {
    const isMine = playback.track?.id === track.id;
    return (
      <div className={css.listen}>
        <div className={css.player}>
          <AudioPlayer track={track} onFailed={refresh} />
          {isMine && (
            <IconButton
              size="small"
              label={t("studio.listen.stop")}
              icon={Square}
              onClick={() => {
                stop();
                dock(undefined);
              }}
            />
          )}
        </div>
        <p className={css.note}>
          {generation && <CostLine generation={generation} />}
          {isCut && <> · {t("studio.listen.cut", { count: [...text].length })}</>}
        </p>
      </div>
    );
  }
  if (generation && isRunning(generation)) {
    const state = tileState(generation);
    const said = words(state, "Voice");
    const cancel = () =>
      stelai.generate.cancelGeneration({ id: generation.id, session: making.session }).then(
        (cancelled) => making.live.put(cancelled),
        // What can no longer be cancelled goes on, and its state comes by itself.
        () => undefined,
      );
    return (
      <div className={css.listen}>
        <div className={css.way}>
          <span role="status">{said}</span>
          <progress
            aria-label={said}
            max={100}
            {...(state.at === "making" && state.progress > 0 && { value: state.progress })}
          />
          <Button size="small" variant="quiet" onClick={() => void cancel()}>
            {t("studio.act.cancel")}
          </Button>
        </div>
      </div>
    );
  }
  if (isUnknown) {
    return error ? (
      <div className={css.listen}>
        <p className={css.note}>{t("studio.listen.unknown")}</p>
        <Button size="small" variant="quiet" icon={Volume2} onClick={again}>
          {t("chat.again")}
        </Button>
      </div>
    ) : (
      <span className={css.note}>{t("studio.listen.looking")}</span>
    );
  }
  if (text === "") return null;

  const total = voice.price(text);
  const isAsking = voice.asking.has(turn.id);
  const failure = paid.failure?.what.turn === turn.id ? paid.failure : undefined;
  const start = (byTab = false) => {
    isWanted.current = true;
    void paid.start(reading, { byTab });
  };
  const press = () => (paid.payer === "tab" && voice.isFirst ? setAsked(true) : start());
  const isOver = generation !== undefined && !isAsking;
  return (
    <div className={css.listen}>
      {isOver && (
        <p className={css.note}>
          {words(tileState(generation), "Voice")} · {t("studio.state.notCharged")}
          {generation.error && (
            <>
              {" "}
              <Cause code={generation.error.code} message={generation.error.message} />
            </>
          )}
        </p>
      )}
      <div className={css.way}>
        <Button
          size="small"
          variant="quiet"
          icon={Volume2}
          disabled={isAsking || paid.isWaiting || (paid.payer === "tab" && total === undefined)}
          title={
            paid.payer === "tab" && total !== undefined
              ? formatUsd(worth(total * WEI_PER_MICROCREDIT, rate.price), { rounding: "up" })
              : undefined
          }
          onClick={press}
        >
          {isAsking
            ? t("studio.state.sending")
            : paid.payer === "tab"
              ? t("studio.listen", { price: credits(total) })
              : t(paid.payer === "free" ? "studio.listen.free" : "studio.listen.pass")}
        </Button>
        {isCut && <span className={css.note}>{t("studio.listen.willCut", { count: [...text].length })}</span>}
      </div>
      {failure && (
        <Failure
          failure={failure}
          area="studio"
          typical={(at) => credits(voice.price(text, at))}
          onAgain={() => start(failure.payer === "tab")}
          onTab={() => start(true)}
          onTopUp={() => voice.topUp(reading)}
          onAgree={(current) => {
            isWanted.current = true;
            return voice.agree(current, reading);
          }}
        />
      )}
      {isAsked && (
        <FirstListen
          model={voice.model}
          characters={[...text].length}
          price={total}
          onClose={() => setAsked(false)}
          onAgree={() => {
            setAsked(false);
            start();
          }}
        />
      )}
    </div>
  );
}

/** What is played of a reading that is there. */
function trackOf({ id, status, prompt, file, urls }: Generation, at: (url: string) => string): Track | undefined {
  if (status !== "completed" || !file || !urls) return undefined;
  return { id, title: prompt, src: at(urls.content), seconds: file.seconds ?? 0, peaks: file.peaks ?? [] };
}
