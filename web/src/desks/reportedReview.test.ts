import { expect } from "chai";
import { findReview, type ReportedReview, type ReviewsPage } from "./reportedReview.ts";

const ADA = "0xa0Ee7A142d267C1f36714E4a8F75612F20a79720";
const BEN = "0x23618e81E3f5cdF7f54C3d65f7FBc0aBf5B21E8f";
const review = (author: ReportedReview["author"]): ReportedReview => ({
  ...{ author, rating: 2, textURI: "ipfs://text", editedAt: null },
});

/** Pages that go on after one another, and what they were asked for. */
function pagesOf(...pages: ReportedReview[][]) {
  const asked: (string | undefined)[] = [];
  const page = async (after: string | undefined): Promise<ReviewsPage> => {
    asked.push(after);
    const at = after === undefined ? 0 : Number(after);
    return { reviews: pages[at] ?? [], next: at + 1 < pages.length ? String(at + 1) : null };
  };
  return { asked, page };
}

describe("the review that a report is about", () => {
  it("is its author's, however the address is written, on whatever page it stands", async () => {
    const { asked, page } = pagesOf([review(BEN)], [review(ADA)], [review(BEN)]);
    expect(await findReview(ADA.toLowerCase() as typeof ADA, page)).to.deep.equal(review(ADA));
    expect(asked).to.deep.equal([undefined, "1"]);
  });

  it("is none once it was taken back", async () => {
    const { asked, page } = pagesOf([review(BEN)], []);
    expect(await findReview(ADA, page)).to.equal(null);
    expect(asked).to.have.length(2);
  });

  it("is not looked for without end", async () => {
    let count = 0;
    const endless = async () => {
      count += 1;
      return { reviews: [review(BEN)], next: "more" };
    };
    expect(await findReview(ADA, endless)).to.equal(null);
    expect(count).to.equal(20);
  });
});
