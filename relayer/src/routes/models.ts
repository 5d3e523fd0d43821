import type { Model } from "@stelai/sdk/wire";
import { Hono } from "hono";
import type { Character } from "../chain/characters.ts";
import { type AppEnv, available, json } from "../http.ts";
import type { Making } from "../inference/making.ts";
import { openKeyOf } from "../inference/paying.ts";
import { resolveModel } from "../inference/resolve.ts";
import { isTool } from "../inference/tools.ts";
import { ModelNotFoundError } from "../metering/errors.ts";
import { sharedWith } from "../passes/shared.ts";
import { requireSignedIn, signedIn } from "../people/authorize.ts";
import { feeOf, isFreeHere } from "../pricing.ts";
import type { Services } from "../services.ts";

/** `GET /v1/models`, `GET /v1/models/:id`, and `GET /v1/shared` of who is signed in. */
export function modelRoutes(services: Services, { cards, tools }: Making): Hono<AppEnv> {
  const { characters, people, provider, media, config } = services;
  const reads = services.limits.perMinute("models.reads", config.RATE_WRITES_PER_MINUTE);

  const modelOf = async (character: Character): Promise<Model> => {
    const { id, owner, modality, visibility, suspended, termsVersion, terms, personaHash, metadataURI } = character;
    const card = await cards.of(character);
    const { name, label } = isTool(character) ? media[character.modality] : provider;
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
        card,
        engine: { name, label, isLanguageModel: !isTool(character) && provider.isLanguageModel },
        tool: isTool(character) ? tools.with(character.modality, card) : null,
        free: isFreeHere(character),
        persona: await people.versions.personaOf(character),
      },
    };
  };

  const isShown = async ({ id, suspended }: Character) =>
    !suspended && !(await people.blocklist.isCharacterBlocked(id));
  const listOf = async (candidates: readonly Character[]) => {
    const shown: Character[] = [];
    for (const character of candidates) if (await isShown(character)) shown.push(character);
    return { object: "list", data: await Promise.all(shown.map(modelOf)) };
  };

  const routes = new Hono<AppEnv>();
  routes.get("/v1/models", async () =>
    json(await listOf(characters.all().filter(({ visibility }) => visibility === "Public"))),
  );

  routes.get("/v1/models/:id", async (context) => {
    const model = context.req.param("id");
    const character = await resolveModel(services, model, {
      signedIn: () => signedIn(context, people),
      payer: async () => (await openKeyOf(services, context.req.header("Authorization")))?.account,
    });
    if (await people.blocklist.isCharacterBlocked(character.id)) throw new ModelNotFoundError(model);
    return json(await modelOf(character), 200, character.visibility === "Private" ? NOT_SHARED : {});
  });

  routes.get("/v1/shared", async (context) => {
    const account = await requireSignedIn(context, people);
    reads.take(account);
    return json(await listOf(await available("The chain", sharedWith(services, account))), 200, NOT_SHARED);
  });
  return routes;
}

/** What one account may see is kept by no cache that others use. */
const NOT_SHARED = { "Cache-Control": "private, no-store" };
