import { expect } from "chai";
import { handOn } from "./handOn.ts";

const LINK = { url: "https://stelai.example/share/1", title: "A lighthouse" };

async function failure(work: Promise<void>): Promise<unknown> {
  return work.then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe("the device's own sheet", () => {
  it("is given the link and its title", async () => {
    const given: ShareData[] = [];
    await handOn(LINK, async (data) => void given.push(data));
    expect(given).to.deep.equal([LINK]);
  });

  it("fails nothing when it is closed without sending", async () => {
    expect(
      await failure(
        handOn(LINK, async () => {
          throw new DOMException("closed", "AbortError");
        }),
      ),
    ).to.equal(undefined);
  });

  it("says so when the device refuses", async () => {
    const refused = new DOMException("not now", "NotAllowedError");
    const error = await failure(
      handOn(LINK, async () => {
        throw refused;
      }),
    );
    expect(error).to.equal(refused);
  });
});
