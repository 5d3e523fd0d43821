import { createHash } from "node:crypto";
import { createCanvas, loadImage } from "@napi-rs/canvas";
import type { Quality } from "@stelai/sdk";
import type { Style } from "@stelai/sdk/wire";
import { expect } from "chai";
import type { MediaRequest } from "../../media.ts";
import { imageEngine } from "./index.ts";

type Look = NonNullable<Style["look"]>;

const styleOf = (look: Partial<Look>): Style => ({
  kind: "style",
  name: "Test",
  instructions: "",
  look: { scene: "auto", line: "painted", ...look },
});

const request = (prompt: string, changes: Partial<MediaRequest> = {}): MediaRequest =>
  ({
    modality: "Image",
    prompt,
    style: undefined,
    quality: "Draft",
    seed: 7,
    format: "png",
    width: 96,
    height: 72,
    ...changes,
  }) as MediaRequest;

const make = (prompt: string, changes?: Partial<MediaRequest>) => imageEngine.make(request(prompt, changes), () => {});
const digest = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/** The picture as pixels, and how much they differ from their mean. */
async function decoded(bytes: Uint8Array) {
  const image = await loadImage(bytes);
  const pen = createCanvas(image.width, image.height).getContext("2d");
  pen.drawImage(image, 0, 0);
  const { data } = pen.getImageData(0, 0, image.width, image.height);
  const levels = [...data].filter((_, index) => index % 4 === 1);
  const mean = levels.reduce((sum, level) => sum + level, 0) / levels.length;
  const spread = Math.sqrt(levels.reduce((sum, level) => sum + (level - mean) ** 2, 0) / levels.length);
  const blue = [...data].reduce(
    (sum, level, index) => (index % 4 === 2 ? sum + level : index % 4 === 0 ? sum - level : sum),
    0,
  );
  return { width: image.width, height: image.height, mean, spread, blue: blue / levels.length };
}

describe("The embedded painter", () => {
  for (const scene of ["landscape", "seascape", "city", "botanical", "cosmos", "abstract"] as const) {
    it(`paints a ${scene} of the size that was asked for, in which something is to be seen`, async () => {
      const picture = await decoded(await make("a quiet place", { style: styleOf({ scene }) }));
      expect(picture).to.include({ width: 96, height: 72 });
      expect(picture.spread).to.be.greaterThan(6);
    });
  }

  it("makes the same bytes of the same request, and others of another prompt, seed, style or quality", async () => {
    const first = digest(await make("mountains at dawn"));
    expect(digest(await make("mountains at dawn"))).to.equal(first);
    const others = [
      await make("mountains at dawn, again"),
      await make("mountains at dawn", { seed: 8 }),
      await make("mountains at dawn", { quality: "Standard" }),
      await make("mountains at dawn", { style: styleOf({ palette: ["#112233", "#E0B040"] }) }),
      ...(await Promise.all(
        (["ink", "paper", "print"] as const).map((line) => make("mountains at dawn", { style: styleOf({ line }) })),
      )),
    ].map(digest);
    expect(new Set([first, ...others]).size).to.equal(others.length + 1);
  });

  it("makes something new of words that it does not know", async () => {
    expect(digest(await make("zrqx"))).not.to.equal(digest(await make("zrqy")));
  });

  it("paints night darker than day, and a blue sea bluer than a red one", async () => {
    const style = styleOf({ scene: "seascape" });
    const day = await decoded(await make("the sea at noon", { style }));
    const night = await decoded(await make("the sea at midnight", { style }));
    expect(night.mean).to.be.lessThan(day.mean - 20);
    const blue = await decoded(await make("a blue sea at noon", { style }));
    const red = await decoded(await make("a red sea at noon", { style }));
    expect(blue.blue).to.be.greaterThan(red.blue + 20);
  });

  it("writes each of its formats as what it is, and its own name where the format has room for it", async () => {
    const [png, jpeg, webp] = await Promise.all(
      ["png", "jpeg", "webp"].map(async (format) => Buffer.from(await make("a lake", { format }))),
    );
    expect(png?.subarray(0, 8).toString("latin1")).to.equal("\x89PNG\r\n\x1a\n");
    expect(jpeg?.subarray(0, 3).toString("hex")).to.equal("ffd8ff");
    expect(webp?.toString("latin1", 0, 4)).to.equal("RIFF");
    expect(webp?.toString("latin1", 8, 12)).to.equal("WEBP");
    expect(png?.includes(imageEngine.label)).to.equal(true);
    expect(jpeg?.includes(imageEngine.label)).to.equal(true);
  });

  for (const [kind, prompt] of [
    ["emoji alone", "🌊🏝⛵🌅"],
    ["right-to-left text", "بحر هادئ عند الغروب"],
    ["4,000 characters", "a winding river ".repeat(250)],
    ["markup", "<script>alert(1)</script> & <svg onload=x> \u202e"],
    ["huge counts", "999999 balloons, 5000 flowers, 4000 planets"],
    ["no word at all", "…"],
  ] as const) {
    it(`paints ${kind}`, async () => {
      expect((await decoded(await make(prompt))).spread).to.be.greaterThan(3);
    });
  }

  it("paints sizes that are odd, narrow and tiny", async () => {
    for (const [width, height] of [
      [101, 57],
      [16, 400],
      [10, 10],
    ] as const)
      expect(await decoded(await make("a forest in the rain", { width, height } as Partial<MediaRequest>))).to.include({
        width,
        height,
      });
  });

  it("says how far it is, never backwards, and gives more time to more quality", async () => {
    const steps: number[] = [];
    await imageEngine.make(request("hills"), (done) => steps.push(done));
    expect(steps.length).to.be.greaterThan(4);
    expect(steps).to.deep.equal([...steps].sort((one, other) => one - other));
    expect(steps.at(-1)).to.be.at.most(1);
    const estimates = (["Draft", "Standard", "High", "Ultra"] satisfies Quality[]).map((quality) =>
      imageEngine.estimate(request("hills", { quality })),
    );
    expect(estimates).to.deep.equal([...estimates].sort((one, other) => one - other));
  });
});
