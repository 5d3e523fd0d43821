import { expect } from "chai";
import { Changes } from "./changes.ts";

describe("Changes of generations", () => {
  it("are told to everyone who listens, by name", () => {
    const changes = new Changes();
    const heard: string[] = [];
    for (const who of ["one", "other"]) changes.onAny((id) => heard.push(`${who}:${id}`));
    changes.tell("gen");
    expect(heard).to.deep.equal(["one:gen", "other:gen"]);
  });
});
