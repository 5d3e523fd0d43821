import { createHash } from "node:crypto";
import type { Style } from "@stelai/sdk/wire";
import { expect } from "chai";
import type { MediaRequest } from "../../media.ts";
import { videoEngine } from "./index.ts";
import { boxesIn, findBoxes } from "./mp4.ts";

type Look = NonNullable<Style["look"]>;
type Motion = NonNullable<Style["motion"]>;

const styleOf = (motion: Partial<Motion>): Style => ({
  kind: "style",
  name: "Test",
  instructions: "",
  motion: { camera: "drift", pace: 1, ...motion },
});

const request = (prompt: string, changes: Partial<MediaRequest> = {}): MediaRequest =>
  ({
    modality: "Video",
    prompt,
    style: undefined,
    quality: "Draft",
    seed: 3,
    format: "mp4",
    width: 96,
    height: 64,
    seconds: 1,
    ...changes,
  }) as MediaRequest;

const make = (prompt: string, changes?: Partial<MediaRequest>) => videoEngine.make(request(prompt, changes), () => {});
const digest = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/** What a movie's own tables say of it. */
function measured(bytes: Uint8Array) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const at = (type: string) => {
    const [box] = findBoxes(bytes, type);
    if (box === undefined) throw new Error(`no ${type}`);
    return box.content;
  };
  const header = at("mvhd");
  const track = at("tkhd");
  const sizes = at("stsz");
  const count = view.getUint32(sizes + 8);
  return {
    order: boxesIn(bytes).map(({ type }) => type),
    seconds: view.getUint32(header + 16) / view.getUint32(header + 12),
    written: view.getUint32(header + 4),
    width: view.getUint32(track + 76) / 65_536,
    height: view.getUint32(track + 80) / 65_536,
    frames: Array.from({ length: count }, (_, index) => view.getUint32(sizes + 12 + index * 4)),
    firstChunk: view.getUint32(at("stco") + 8),
    data: boxesIn(bytes).find(({ type }) => type === "mdat")?.content ?? 0,
  };
}

describe("The embedded animator", () => {
  it("makes a movie as long and as large as was asked for, with its tables first", async () => {
    const movie = measured(await make("waves at sunset", { seconds: 2 } as Partial<MediaRequest>));
    expect(movie.order).to.deep.equal(["ftyp", "moov", "mdat"]);
    expect(movie).to.include({ width: 96, height: 64, seconds: 2, written: 0 });
    expect(movie.frames).to.have.length(24);
    expect(movie.firstChunk).to.be.within(movie.data, movie.data + 64);
  });

  it("moves: frames bring something new where snow falls, and next to nothing where all is still", async () => {
    const middle = async (prompt: string, camera: Motion["camera"], scene: Look["scene"]) => {
      const style: Style = { ...styleOf({ camera }), look: { scene, line: "painted" } };
      const { frames } = measured(await make(prompt, { style, quality: "High" }));
      return [...frames].sort((one, other) => one - other)[Math.floor(frames.length / 2)] ?? 0;
    };
    const still = await middle("a quiet bouquet on a clear day", "still", "botanical");
    expect(await middle("snow falls on a forest", "pan", "landscape")).to.be.greaterThan(still * 4);
  });

  it("makes the same bytes of the same request, and others of another prompt, seed, camera, pace or quality", async () => {
    const first = digest(await make("a city at night"));
    expect(digest(await make("a city at night"))).to.equal(first);
    const others = [
      await make("a city in the rain at night"),
      await make("a city at night", { seed: 4 }),
      await make("a city at night", { quality: "Standard" }),
      await make("a city at night", { style: styleOf({ camera: "push" }) }),
      await make("a city at night", { style: styleOf({ pace: 2 }) }),
    ].map(digest);
    expect(new Set([first, ...others]).size).to.equal(others.length + 1);
  });

  for (const scene of ["landscape", "seascape", "city", "botanical", "cosmos", "abstract"] as const) {
    for (const line of ["painted", "print"] as const) {
      it(`films a ${scene}, ${line}`, async () => {
        const style: Style = { ...styleOf({}), look: { scene, line } };
        expect(measured(await make("somewhere", { style })).seconds).to.equal(1);
      });
    }
  }

  it("makes an odd side a pixel shorter, and says how far it is", async () => {
    const steps: number[] = [];
    const odd = request("🌌", { width: 91, height: 63 } as Partial<MediaRequest>);
    expect(measured(await videoEngine.make(odd, (done) => steps.push(done)))).to.include({ width: 90, height: 62 });
    expect(steps).to.deep.equal([...steps].sort((one, other) => one - other));
    expect(steps.at(-1)).to.equal(1);
  });
});
