import { useState } from "react";

const KEY = "stelai.messagesPerMonth";
const USUAL = 60;
const STEP = 10;

/** What was stored as a number of messages; the usual where it is none. */
export function parseMessages(text: string | null): number {
  const count = Number(text);
  return Number.isInteger(count) && count >= STEP && count <= 100_000 ? count : USUAL;
}

/** How far a slider of messages goes: past every point from which a pass is cheaper, and at least to 300. */
export function mostMessages(cheaperFrom: readonly (bigint | null)[]): number {
  const farthest = cheaperFrom.reduce<bigint>((most, count) => (count !== null && count > most ? count : most), 0n);
  const wanted = Number(farthest > 40_000n ? 40_000n : farthest) * 1.25;
  return Math.max(300, Math.ceil(wanted / STEP) * STEP);
}

/** How many messages a month one says one sends; remembered on this device. */
export function useMessagesPerMonth(): [number, (count: number) => void] {
  const [count, setCount] = useState(() => {
    try {
      return parseMessages(localStorage.getItem(KEY));
    } catch {
      return USUAL;
    }
  });
  const set = (next: number) => {
    setCount(next);
    try {
      localStorage.setItem(KEY, String(next));
    } catch {
      // Remembered while the page is open, then.
    }
  };
  return [count, set];
}
