import type { Model } from "@stelai/sdk/wire";
import { Hono } from "hono";
import type { Character } from "../chain/characters.ts";
import { type AppEnv, available, json } from "../http.ts";
import { Cards } from "../inference/cards.ts";
import { ModelNotFoundError } from "../metering/errors.ts";
import { feeOf, isFreeHere } from "../pricing.ts";
import type { Services } from "../services.ts";
import { characterIn } from "./chat-body.ts";

/** `GET /v1/models` and `GET /v1/models/:id`. */
export function modelRoutes(services: Services): Hono<AppEnv> {
  const { characters, people, provider, config, content } = services;
  const cards = new Cards(content);

  const modelOf = async (character: Character): Promise<Model> => {
    const { id, owner, modality, visibility, suspended, termsVersion, terms, personaHash, metadataURI } = character;
    return {
      id: `stelai-${id}`,
      object: "model",
      // The chain's record of a character names no time; OpenAI's clients need the field.
      created: 0,
      owned_by: owner,
      stelai: {
        characterId: id,
        ...{ owner, modality, visibility, suspended, termsVersion, terms, personaHash, metadataURI },
        feePerUnit: feeOf(config, modality),
        card: await cards.of(metadataURI),
        engine: { name: provider.name, label: provider.label, isLanguageModel: provider.isLanguageModel },
        free: isFreeHere(character),
        persona: { version: 1, changedAt: null },
      },
    };
  };

  const routes = new Hono<AppEnv>();
  routes.get("/v1/models", async () => {
    const blocked = people.blocklist;
    const listed: Character[] = [];
    for (const character of characters.all()) {
      const isShown = character.visibility === "Public" && !character.suspended && character.modality === "Chat";
      if (isShown && !(await blocked.isCharacterBlocked(character.id))) listed.push(character);
    }
    return json({ object: "list", data: await Promise.all(listed.map(modelOf)) });
  });

  routes.get("/v1/models/:id", async (context) => {
    const model = context.req.param("id");
    const id = characterIn(model);
    const character = id === undefined ? undefined : await available("The chain", characters.get(id));
    if (character === undefined || (await people.blocklist.isCharacterBlocked(character.id))) {
      throw new ModelNotFoundError(model);
    }
    return json(await modelOf(character));
  });
  return routes;
}
