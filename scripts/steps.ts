/** Prints a part of what a step says. */
export type Say = (text: string) => void;
/** How a step ended, and how many tests of it passed. */
export type Outcome = { ok: boolean; passed: number };
export type Step = {
  name: string;
  /** Steps that must have ended well before; those that do not run at all count as ended. */
  after: readonly string[];
  run: (say: Say) => Promise<Outcome>;
};

/** What a step said and nobody saw yet. */
type Speech = { texts: string[]; isOver: boolean };

/**
 * Runs steps, up to `width` at a time, in their order as far as what they wait for allows. What they print is shown in the
 * order in which they began: that of the eldest as it comes, that of the others once it is their turn. Begins nothing more
 * after a failure, and waits for what runs.
 *
 * @returns The first step that failed, how many tests passed, and how long each step took, a line each.
 */
export async function runSteps(
  steps: readonly Step[],
  width: number,
  show: Say,
): Promise<{ failed: string | undefined; passed: number; times: string[] }> {
  const waiting = [...steps];
  const unfinished = new Set(steps.map(({ name }) => name));
  const active = new Map<string, Promise<Step & Outcome>>();
  const speeches: Speech[] = [];
  const times: string[] = [];
  let failed: string | undefined;
  let passed = 0;

  const speak = () => {
    for (;;) {
      const [first] = speeches;
      for (const text of first?.texts.splice(0) ?? []) show(text);
      if (!first?.isOver) return;
      speeches.shift();
    }
  };
  const begin = async (step: Step) => {
    const began = Date.now();
    const speech: Speech = { texts: [`\n── ${step.name}\n`], isOver: false };
    speeches.push(speech);
    const outcome = await step.run((text) => {
      speech.texts.push(text);
      speak();
    });
    speech.isOver = true;
    speak();
    times.push(`${((Date.now() - began) / 1000).toFixed(1).padStart(7)} s  ${step.name}`);
    return { ...step, ...outcome };
  };

  for (;;) {
    while (failed === undefined && active.size < width) {
      const next = waiting.findIndex(({ after }) => !after.some((name) => unfinished.has(name)));
      const [step] = next < 0 ? [] : waiting.splice(next, 1);
      if (step === undefined) break;
      active.set(step.name, begin(step));
    }
    if (active.size === 0) return { failed, passed, times };
    const ended = await Promise.race(active.values());
    active.delete(ended.name);
    unfinished.delete(ended.name);
    passed += ended.passed;
    if (!ended.ok) failed ??= ended.name;
  }
}

/**
 * The steps of these names, and those that build what they need: not the tests that come before them in a whole run. Each
 * comes after all that a whole run has before it.
 */
export function chooseSteps(steps: readonly Step[], names: readonly string[]): Step[] {
  const before = (name: string): string[] => {
    const after = steps.find((step) => step.name === name)?.after ?? [];
    return [...new Set(after.flatMap((each) => [each, ...before(each)]))];
  };
  const builds = names.flatMap(before).filter((name) => name.startsWith("build:"));
  return steps
    .filter(({ name }) => names.includes(name) || builds.includes(name))
    .map((step) => ({ ...step, after: before(step.name) }));
}
