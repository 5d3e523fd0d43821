import { expect } from "chai";
import { UnavailableError } from "../errors.ts";
import type { Workshop } from "../generations/workshop/index.ts";
import type { ShareCard } from "../media/shareCard.ts";
import { SharePictures } from "./pictures.ts";

const PICTURE = Uint8Array.of(1, 2, 3);

/** What a share shows; its picture is had as told. */
function showing(picture: () => Promise<Uint8Array | undefined>) {
  return { title: "A hill", byline: "By Ada", label: "Image", pictureId: "ipfs://hill", picture };
}

describe("Pictures of shared pages", () => {
  let drawn: ShareCard[];
  let fails: (card: ShareCard) => boolean;
  let pictures: SharePictures;
  let misses: number;

  beforeEach(() => {
    drawn = [];
    misses = 0;
    fails = () => false;
    const draw = async (card: ShareCard) => {
      drawn.push(card);
      if (fails(card)) throw new Error("it broke");
      return Uint8Array.of(card.picture === undefined ? 0 : 1);
    };
    pictures = new SharePictures({ draw, close: async () => {} } as unknown as Workshop);
  });

  const of = (shown: ReturnType<typeof showing>) =>
    pictures.of(shown, () => {
      misses += 1;
    });

  it("drawn with everything are kept, and only the first time counts as drawing", async () => {
    const shown = showing(async () => PICTURE);
    const [first, second] = await Promise.all([of(shown), of(shown)]);
    expect([first.isWhole, second.isWhole, (await of(shown)).isWhole]).to.deep.equal([true, true, true]);
    expect([drawn.length, misses, pictures.kept.count]).to.deep.equal([1, 1, 1]);
  });

  it("drawn without what they show, for it could not be had, are not kept: the next one has it", async () => {
    expect(await of(showing(async () => undefined))).to.deep.equal({ bytes: Uint8Array.of(0), isWhole: false });
    expect(pictures.kept.count).to.equal(0);
    expect(await of(showing(async () => PICTURE))).to.deep.equal({ bytes: Uint8Array.of(1), isWhole: true });
  });

  it("drawn without what broke the drawing are not kept either", async () => {
    fails = (card) => card.picture !== undefined;
    expect((await of(showing(async () => PICTURE))).isWhole).to.equal(false);
    expect(pictures.kept.count).to.equal(0);
  });

  it("that show no more than words are whole without a picture", async () => {
    const shown = { ...showing(async () => undefined), pictureId: null };
    expect((await pictures.of(shown, () => {})).isWhole).to.equal(true);
    expect(pictures.kept.count).to.equal(1);
  });

  it("that may not be drawn are not, and those at hand are given still", async () => {
    const refuse = () => {
      throw new UnavailableError("not now");
    };
    const shown = showing(async () => PICTURE);
    const refused = await pictures.of(shown, refuse).catch((error: unknown) => error);
    expect(refused).to.be.instanceOf(UnavailableError);
    expect(drawn).to.have.length(0);
    await of(shown);
    expect((await pictures.of(shown, refuse)).isWhole).to.equal(true);
  });
});
