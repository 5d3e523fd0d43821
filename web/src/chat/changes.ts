/** Tells parts of the page of each other's changes to conversations, which all of them keep in one store. */
const target = new EventTarget();

type What = "written" | "merged";

function tell(what: What, characterId: string): void {
  target.dispatchEvent(new CustomEvent(what, { detail: characterId }));
}

function on(what: What, listener: (characterId: string) => void): () => void {
  const heard = (event: Event) => listener((event as CustomEvent<string>).detail);
  target.addEventListener(what, heard);
  return () => target.removeEventListener(what, heard);
}

/** Something was said, chosen or deleted in the conversation with a character, and stored. */
export const tellWritten = (characterId: string): void => tell("written", characterId);
/** @returns A function that ends it. */
export const onWritten = (listener: (characterId: string) => void): (() => void) => on("written", listener);

/** What was said on another device was put into the stored conversation. */
export const tellMerged = (characterId: string): void => tell("merged", characterId);
/** @returns A function that ends it. */
export const onMerged = (listener: (characterId: string) => void): (() => void) => on("merged", listener);
