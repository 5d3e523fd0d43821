import { expect } from "chai";
import { InFlight, OverloadedError } from "./inFlight.ts";

const LIMITS = { requests: 100, bytes: 1_000, bodyTimeoutMs: 60_000 };
const never = () => expect.fail("late");

describe("What a process answers at a time", () => {
  it("counts of a body what came, and lets go of it when it is answered", () => {
    const inFlight = new InFlight(LIMITS);
    const [one, other] = [inFlight.enter("a", true), inFlight.enter("a", true)];
    const [first, second] = [one.receive(never), other.receive(never)];
    expect(inFlight.bytes).to.equal(0);
    first.came(600);
    second.came(400);
    expect(inFlight.bytes).to.equal(1_000);
    expect(() => second.came(1)).to.throw(OverloadedError);
    expect(() => inFlight.enter("b", true)).to.throw(OverloadedError);
    inFlight.enter("b", false).leave();
    for (const receiving of [first, second]) receiving.end();
    one.leave();
    expect([inFlight.bytes, inFlight.requests]).to.deep.equal([400, 1]);
    other.leave();
    other.leave();
    expect([inFlight.bytes, inFlight.requests]).to.deep.equal([0, 0]);
  });

  it("takes one body alone however large it is, and nothing beside it", () => {
    const inFlight = new InFlight(LIMITS);
    const receiving = inFlight.enter("a", true).receive(never);
    receiving.came(900);
    receiving.came(5_000);
    expect(() => inFlight.enter("a", true)).to.throw(OverloadedError);
    receiving.end();
  });

  it("lets one network have a quarter of the requests wait for their bodies, and another one as many", () => {
    const inFlight = new InFlight(LIMITS);
    const coming = Array.from({ length: 25 }, () => inFlight.enter("a", true).receive(never));
    expect(() => inFlight.enter("a", true).receive(never)).to.throw(OverloadedError);
    coming.push(inFlight.enter("b", true).receive(never));
    coming[0]?.end();
    coming[0]?.end();
    coming.push(inFlight.enter("a", true).receive(never));
    expect(() => inFlight.enter("a", true).receive(never)).to.throw(OverloadedError);
    for (const receiving of coming) receiving.end();
  });

  it("ends a body that comes byte by byte when its time is over", async () => {
    const inFlight = new InFlight({ ...LIMITS, bodyTimeoutMs: 50 });
    const late = Promise.withResolvers<void>();
    const receiving = inFlight.enter("a", true).receive(late.resolve);
    const dripping = setInterval(() => receiving.came(1), 5);
    await late.promise;
    clearInterval(dripping);
    receiving.end();
    expect(inFlight.bytes).to.be.lessThan(200);
  });
});
