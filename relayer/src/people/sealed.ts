import type { Database } from "../store/index.ts";
import { tables } from "../store/index.ts";
import { contextOfCard } from "./cards.ts";
import { contextOfFile } from "./knowledge/knowledge.ts";
import { contextOfPersona } from "./personas.ts";
import { type SealedRecords, sealedRows } from "./rotation.ts";
import type { Vault } from "./vault.ts";

const { cards, knowledgeFiles, mailAddresses, personas, pushSubscriptions, secrets } = tables;

/** What is kept sealed of people and their characters, as records to be sealed anew. */
export function sealedOfPeople(db: Database, vaultFor: (purpose: string) => Vault): SealedRecords[] {
  const push = vaultFor("push");
  return [
    sealedRows(db, ["personas", personas], vaultFor("personas"), (row) =>
      contextOfPersona(row.personaHash, row.uploader),
    ),
    sealedRows(db, ["cards", cards], vaultFor("cards"), (row) => contextOfCard(row.uri, row.uploader)),
    sealedRows(db, ["knowledge", knowledgeFiles], vaultFor("knowledge"), (row) =>
      contextOfFile(row.id, row.characterId, row.owner),
    ),
    sealedRows(db, ["mail addresses", mailAddresses], vaultFor("mail"), (row) => row.account),
    sealedRows(db, ["push subscriptions", pushSubscriptions], push, (row) => row.endpointHash),
    sealedRows(db, ["own keys", secrets], push, (row) => row.name),
  ];
}
