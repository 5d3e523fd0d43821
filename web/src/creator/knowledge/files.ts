import { deleteChainState, readChainState, writeChainState } from "../../config/chainState.ts";
import type { Message } from "../../i18n/index.ts";

/** What the relayer reads; the schema of `knowledgeFileSchema`. */
export const KNOWLEDGE_TYPES = ["text/plain", "text/markdown", "application/pdf"] as const;
export type KnowledgeType = (typeof KNOWLEDGE_TYPES)[number];

/** What a file dialog offers; some systems know no type for Markdown. */
export const KNOWLEDGE_ACCEPT = [...KNOWLEDGE_TYPES, ".txt", ".md", ".markdown", ".pdf"].join(",");

/** What the relayer takes, in bytes. */
export const MOST_FILE_BYTES = 2 * 1024 * 1024;

const BY_ENDING: Record<string, KnowledgeType> = {
  txt: "text/plain",
  md: "text/markdown",
  markdown: "text/markdown",
  pdf: "application/pdf",
};

/** A file on this device that is to become knowledge. */
export interface KeptFile {
  readonly id: string;
  readonly name: string;
  readonly mediaType: KnowledgeType;
  /** Bytes. */
  readonly size: number;
}

type Described = Pick<File, "name" | "type" | "size">;

/** What a file is: by its ending first, since browsers disagree on Markdown. */
export function typeOfFile({ name, type }: Pick<File, "name" | "type">): KnowledgeType | undefined {
  const ending = name.toLowerCase().split(".").at(-1) ?? "";
  return BY_ENDING[ending] ?? KNOWLEDGE_TYPES.find((known) => known === type);
}

/** Why a file cannot become knowledge, in words that say how to mend it; undefined when it can. */
export function fileProblem(file: Described): Message | undefined {
  const { name } = file;
  if (typeOfFile(file) === undefined) return { id: "knowledge.problem.type", values: { name } };
  if (file.size === 0) return { id: "knowledge.problem.empty", values: { name } };
  if (file.size > MOST_FILE_BYTES) return { id: "knowledge.problem.size", values: { name } };
  return undefined;
}

const blobKey = (id: string) => `knowledge:file:${id}`;
const pendingKey = (characterId: bigint) => `knowledge:pending:${characterId}`;

/** Keeps a file on this device until it can be uploaded. @throws TypeError for one that is no knowledge. */
export async function keepFile(file: File): Promise<KeptFile> {
  const mediaType = typeOfFile(file);
  if (!mediaType) throw new TypeError(`${file.name} cannot become knowledge`);
  const id = crypto.randomUUID();
  await writeChainState(blobKey(id), file);
  return { id, name: file.name, mediaType, size: file.size };
}

/** A kept file's bytes, typed; undefined when this device lost them. */
export async function readKeptFile({ id, mediaType }: KeptFile): Promise<Blob | undefined> {
  const blob = await readChainState<Blob>(blobKey(id));
  return blob && new Blob([blob], { type: mediaType });
}

/** Forgets a kept file. */
export function dropKeptFile(id: string): Promise<void> {
  return deleteChainState(blobKey(id));
}

/** The files that are to be uploaded to a character that exists. */
export async function readPending(characterId: bigint): Promise<readonly KeptFile[]> {
  return (await readChainState<readonly KeptFile[]>(pendingKey(characterId))) ?? [];
}

/** Remembers them, so that a page closed in between loses none. */
export function writePending(characterId: bigint, files: readonly KeptFile[]): Promise<void> {
  return files.length > 0 ? writeChainState(pendingKey(characterId), files) : deleteChainState(pendingKey(characterId));
}
