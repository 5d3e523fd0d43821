import { expect } from "chai";
import { fileProblem, MOST_FILE_BYTES, typeOfFile } from "./files.ts";

const file = (name: string, type = "", size = 10) => ({ name, type, size });

describe("a file that is to become knowledge", () => {
  it("is known by its ending, whatever the browser calls it, or else by its type", () => {
    expect(typeOfFile(file("Notes.MD"))).to.equal("text/markdown");
    expect(typeOfFile(file("notes.md", "text/plain"))).to.equal("text/markdown");
    expect(typeOfFile(file("paper.pdf"))).to.equal("application/pdf");
    expect(typeOfFile(file("LICENSE", "text/plain"))).to.equal("text/plain");
    expect(typeOfFile(file("picture.png", "image/png"))).to.equal(undefined);
  });

  it("is refused by name when it is of another type, empty, or larger than 2 MB", () => {
    expect(fileProblem(file("a.txt"))).to.equal(undefined);
    expect(fileProblem(file("a.txt", "", MOST_FILE_BYTES))).to.equal(undefined);
    expect(fileProblem(file("a.docx"))).to.deep.equal({ id: "knowledge.problem.type", values: { name: "a.docx" } });
    expect(fileProblem(file("a.txt", "", 0))?.id).to.equal("knowledge.problem.empty");
    expect(fileProblem(file("a.pdf", "", MOST_FILE_BYTES + 1))?.id).to.equal("knowledge.problem.size");
  });
});
