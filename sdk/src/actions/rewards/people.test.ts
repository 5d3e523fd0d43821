import { expect } from "chai";
import { failure } from "../../../test/failure.ts";
import { type PreparedAnswer, startPrepared } from "../../../test/prepared.ts";
import { chainNow, withContributions } from "../../../test/rewards.ts";
import { newcomer, stelaiOf } from "../../../test/world.ts";
import {
  ContributionRefusedError,
  deedOf,
  GrantDiffersError,
  NotModeratorError,
  RelayerUrlMissingError,
} from "../../index.ts";
import { rewardsDomain, rewardsTypes } from "../../typedData.ts";
import {
  contributionRequestSchema,
  feedbackDecisionSchema,
  feedbackRequestSchema,
  shareRequestSchema,
} from "../../wire.ts";

const later = "2100-01-01T00:00:00.000Z";

/** Somebody who is signed in at an operator that answers as prepared. */
async function signedIn(answers: Parameters<typeof startPrepared>[0]) {
  const relayer = await startPrepared(answers);
  const person = await newcomer();
  const signIn = { token: "t0ken", address: person.address, expiresAt: later };
  return { relayer, person, stelai: await stelaiOf(person, { relayerUrl: relayer.url, signIn }) };
}

describe("A contribution", () => {
  const deed = deedOf("feedback", "7");

  it("is listed with amounts and numbers as bigint, for the account that is signed in", async () => {
    const listed = { deed, kind: "feedback", subject: "7", title: "Feedback", state: "ready", reason: null, at: 5 };
    const campaign = { campaignId: "3", perAccount: "50", daily: "100", end: 99, left: "40" };
    const { relayer, stelai } = await signedIn({
      "GET /v1/contributions": { body: { campaign, deeds: [{ ...listed, amount: "5" }] } },
    });
    try {
      expect(await stelai.rewards.listContributions()).to.deep.equal({
        campaign: { campaignId: 3n, perAccount: 50n, daily: 100n, end: 99, left: 40n },
        deeds: [{ ...listed, amount: 5n }],
      });
      expect(relayer.asked[0]?.headers.authorization).to.equal("Bearer t0ken");
    } finally {
      await relayer.stop();
    }
  });

  it("is claimed with what the operator vouches for, and never with what the campaign's signer did not sign", async () => {
    const { signer, campaignId } = await withContributions();
    const { client } = await stelaiOf();
    const { chainId, contracts } = client.deployment;
    let answer: PreparedAnswer = {};
    const { relayer, person, stelai } = await signedIn({ "POST /v1/contributions": () => answer });
    const grantOf = async (more: { account?: `0x${string}`; deed?: `0x${string}` } = {}) => {
      const amount = 2_000_000n * 10n ** 12n;
      const grant = { campaignId, account: person.address, amount, deed, deadline: (await chainNow()) + 600n, ...more };
      const signature = await signer.signTypedData({
        ...{
          domain: rewardsDomain(chainId, contracts.Rewards),
          types: rewardsTypes,
          primaryType: "Grant",
          message: grant,
        },
      });
      const text = (value: bigint) => value.toString();
      const wire = { ...grant, campaignId: text(campaignId), amount: text(amount), deadline: text(grant.deadline) };
      return { body: { grant: wire, signature } };
    };
    try {
      const stranger = (await newcomer({ eth: 0n, reserve: 0n })).address;
      for (const other of [{ account: stranger }, { deed: deedOf("feedback", "8") }]) {
        answer = await grantOf(other);
        expect(await failure(stelai.rewards.claimContribution({ deed, by: "wallet" }))).to.be.instanceOf(
          GrantDiffersError,
        );
      }
      const good = await grantOf();
      answer = { body: { ...good.body, grant: { ...good.body.grant, amount: "9000000000000000000" } } };
      const raised = await failure(stelai.rewards.claimContribution({ deed, by: "wallet" }));
      expect(raised).to.be.instanceOf(GrantDiffersError);
      answer = good;
      const claimed = await (await stelai.rewards.claimContribution({ deed, by: "wallet" })).wait();
      expect(claimed).to.include({ account: person.address, source: "Contribution", campaignId, amount: 2_000_000n });
      expect((await stelai.rewards.getBonus()).balance).to.equal(2_000_000n);
      expect(contributionRequestSchema.parse(JSON.parse(relayer.asked[0]?.body ?? ""))).to.deep.equal({ deed });
      const error = { code: "contribution_refused", message: "Too early.", stelai: { state: "tooEarly" } };
      answer = { status: 422, body: { error } };
      const refused = await failure(stelai.rewards.claimContribution({ deed }));
      expect(refused).to.be.instanceOf(ContributionRefusedError).and.to.have.property("state", "tooEarly");
    } finally {
      await relayer.stop();
    }
  });
});

describe("Feedback and shares", () => {
  it("go to the operator as its schemas say, by the paths of the protocol", async () => {
    const said = { id: "7", text: "The fee is hidden.", about: "dapp", state: "open", note: null };
    const feedback = [{ ...said, sentAt: later, decidedAt: null }];
    const queue = { feedback: [{ ...feedback[0], account: deedOf("share", "1"), decidedBy: null }], next: null };
    const share = {
      id: "s",
      url: "http://127.0.0.1/share/s",
      kind: "work",
      subject: "12",
      title: "T",
      sharedAt: later,
    };
    const { relayer, stelai, person } = await signedIn({
      "POST /v1/feedback": { status: 201, body: { id: "7" } },
      "GET /v1/feedback/own": { body: { feedback } },
      "GET /v1/feedback?state=open&limit=5": { body: queue },
      "POST /v1/feedback/7": { status: 204 },
      "POST /v1/shares": { body: { id: "s", url: share.url } },
      "GET /v1/shares": { body: { shares: [share] } },
      "DELETE /v1/shares/s": { status: 204 },
    });
    const { rewards } = stelai;
    try {
      expect(await rewards.sendFeedback({ text: said.text, about: "dapp" })).to.deep.equal({ id: "7" });
      expect(await rewards.listFeedback()).to.deep.equal(feedback);
      expect(await rewards.listFeedbackQueue({ state: "open", limit: 5 })).to.deep.equal(queue);
      await rewards.decideFeedback({ id: "7", accepted: true });
      expect(await rewards.share({ workId: 12n })).to.deep.equal({ id: "s", url: share.url });
      expect(await rewards.listShares()).to.deep.equal([share]);
      await rewards.unshare({ id: "s" });
      const bodies = relayer.asked.map(({ body }) => body);
      expect(feedbackRequestSchema.parse(JSON.parse(bodies[0] ?? ""))).to.include({ about: "dapp" });
      expect(feedbackDecisionSchema.parse(JSON.parse(bodies[3] ?? ""))).to.deep.equal({ accepted: true, note: "" });
      expect(shareRequestSchema.parse(JSON.parse(bodies[4] ?? ""))).to.deep.equal({ workId: 12n });
      expect(relayer.asked.every(({ headers }) => headers.authorization === "Bearer t0ken")).to.equal(true);
      expect(rewards.inviteUrl(person.address)).to.equal(`${relayer.url}/share/invite/${person.address}`);
    } finally {
      await relayer.stop();
    }
    const alone = await stelaiOf();
    expect(() => alone.rewards.inviteUrl(person.address)).to.throw(RelayerUrlMissingError);
  });

  it("are decided by moderators only", async () => {
    const body = { error: { code: "not_moderator", message: "No." } };
    const { relayer, stelai } = await signedIn({ "GET /v1/feedback": { status: 403, body } });
    try {
      expect(await failure(stelai.rewards.listFeedbackQueue())).to.be.instanceOf(NotModeratorError);
    } finally {
      await relayer.stop();
    }
  });
});
