import { expect } from "chai";
import { video } from "../../test/media.ts";
import { UnavailableError } from "../errors.ts";
import { Workshop } from "../generations/workshop/index.ts";
import { keccak256 } from "../metering/keccak.ts";
import { examine } from "./examiner.ts";

describe("The examiner", () => {
  let workshop: Workshop;
  beforeEach(() => {
    workshop = new Workshop(1);
  });
  afterEach(() => workshop.close());

  /** A workshop whose process dies as often as it is told, whenever it decodes. */
  const dying = (times: number): Pick<Workshop, "examine"> => ({
    examine: (...task) => {
      const examined = workshop.examine(...task);
      for (const pid of times > 0 ? workshop.processes : []) process.kill(pid, "SIGKILL");
      times -= 1;
      return examined;
    },
  });

  it("shows a card of a film that breaks what decodes it", async () => {
    const bytes = await video(128, 96, 2);
    const candidate = { bytes, contentHash: keccak256(bytes), modality: "Video" } as const;
    const { preview, poster } = await examine(dying(1), candidate);
    expect(preview).to.include({ mediaType: "image/webp", width: 360, height: 270 });
    expect(poster).to.equal(undefined);
    expect((await examine(dying(0), candidate)).preview.mediaType).to.equal("video/mp4");
  });

  it("refuses a file that breaks even what does not decode it, and can be asked again", async () => {
    const bytes = await video(128, 96, 2);
    const candidate = { bytes, contentHash: keccak256(bytes), modality: "Video" } as const;
    const refused = await examine(dying(2), candidate).catch((error: unknown) => error);
    expect(refused).to.be.instanceOf(UnavailableError);
    expect((await examine(dying(0), candidate)).contentHash).to.equal(candidate.contentHash);
  });
});
