import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { expect } from "chai";
import { createElement, type ReactNode } from "react";
import { http, parseAbi } from "viem";
import { createConfig, WagmiProvider } from "wagmi";
import { connect } from "wagmi/actions";
import { mock } from "wagmi/connectors";
import { attest, withWork } from "../../test/market.ts";
import { startTestRelayer, type TestRelayer } from "../../test/relayer.ts";
import { withCode } from "../../test/rewards.ts";
import { stage, withWindow } from "../../test/stage.ts";
import { clientsOf, newcomer, people, stelaiOf, testChain, withCharacter } from "../../test/world.ts";
import { UpstreamFailedError } from "../errors/relayer.ts";
import { GenerationEndedError } from "../errors/relayerEndpoints.ts";
import { memoryStorage } from "../tab/storage.ts";
import {
  StelaiProvider,
  useAcceptLicence,
  useAccess,
  useAccountInfo,
  useBalance,
  useBonus,
  useBuyLicence,
  useCancelGeneration,
  useCancelNow,
  useCanReviewWork,
  useCertificate,
  useChat,
  useClaimable,
  useCloseSession,
  useCode,
  useGenerate,
  useGeneration,
  useGenerations,
  useInvalidate,
  useLicence,
  useListing,
  useMediaQuote,
  useOffer,
  useOpenSession,
  useOperator,
  usePackages,
  usePlans,
  useRecord,
  useRedeemCode,
  useRenewal,
  useSessionSnapshot,
  useSessions,
  useSignedInAccount,
  useStelai,
  useSubscribe,
  useSubscribeToPlan,
  useSubscription,
  useTab,
} from "./index.ts";

describe("The hooks", () => {
  let relayer: TestRelayer;
  let wrap: (child: ReactNode) => ReactNode;
  let account: `0x${string}`;
  let characterId: bigint;
  let leave: () => void;

  before(async () => {
    leave = withWindow();
    relayer = await startTestRelayer();
    ({ characterId } = await withCharacter());
    const { ben } = await people();
    account = ben.address;
    const giver = await stelaiOf(await newcomer());
    const [{ packageId } = { packageId: 0n }] = await giver.credits.getPackages();
    await (await giver.credits.buy({ packageId, recipient: account })).wait();

    const { rpcUrl, deployment } = await testChain();
    const { chain } = await clientsOf();
    const config = createConfig({
      chains: [chain],
      connectors: [mock({ accounts: [account] })],
      transports: { [chain.id]: http(rpcUrl) },
      pollingInterval: 20,
      storage: null,
      multiInjectedProviderDiscovery: false,
    });
    const [connector] = config.connectors;
    if (connector) await connect(config, { connector });
    const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } });
    const storage = memoryStorage();
    wrap = (child) => {
      const stelai = createElement(StelaiProvider, { deployment, relayerUrl: relayer.url, storage }, child);
      const queries = createElement(QueryClientProvider, { client: queryClient }, stelai);
      return createElement(WagmiProvider, { config, reconnectOnMount: false }, queries);
    };
  });

  after(async () => {
    await relayer.stop();
    leave();
  });

  it("say plainly that a provider is missing", async () => {
    const play = stage(() => useStelai());
    play.render((child) => child);
    const error = await play.until(() => true).catch((thrown: unknown) => thrown);
    expect(error).to.have.property("name", "StelaiProviderError");
    play.end();
  });

  it("read the chain and the relayer, and nothing while their subject is unknown", async () => {
    const play = stage(() => ({
      packages: usePackages().data,
      balance: useBalance(account).data,
      operator: useOperator().data,
      claimable: useClaimable(account).data,
      nobody: useBalance(undefined),
    }));
    play.render(wrap);
    const { packages, balance, operator, claimable, nobody } = await play.until(
      (shown) => shown.packages && shown.balance && shown.operator && shown.claimable,
    );
    expect(packages?.length).to.be.greaterThan(1);
    expect(balance?.stelai).to.equal(packages?.[0]?.credits);
    expect(operator?.operator).to.equal(relayer.operator);
    expect(claimable?.total).to.equal(0n);
    expect(nobody).to.include({ fetchStatus: "idle", data: undefined });
    play.end();
  });

  it("open a tab, hold a conversation, show what it cost, and close it again", async () => {
    const play = stage(() => {
      const open = useOpenSession();
      const close = useCloseSession();
      const session = open.data?.session;
      const chat = useChat({ characterId, session, maxTokens: 60 });
      return {
        open,
        close,
        session,
        chat,
        stelai: useStelai(),
        snapshot: useSessionSnapshot(session),
        sessions: useSessions(account).data,
        tab: useTab(session).data,
        balance: useBalance(account).data,
      };
    });
    play.render(wrap);
    // The wallet arrives a render later.
    const ready = await play.until(({ stelai, balance }) => stelai.client.walletClient && balance);
    ready.open.mutate({ cap: 3_000_000n, by: "transfer" });
    await play.until(({ open }) => open.stage === "sent");
    const opened = await play.until(({ open, session, tab }) => open.stage === "confirmed" && session && tab);
    expect(opened.open.hash).to.match(/^0x[0-9a-f]{64}$/);
    expect(opened.tab?.cap).to.equal(3_000_000n);
    // Everything that the transaction may have changed is read again.
    const spent = 3_000_000n * 10n ** 12n;
    await play.until(({ balance }) => balance && ready.balance && ready.balance.stelai - balance.stelai === spent);
    await play.until(({ sessions }) => sessions?.length === 1);

    await opened.chat.send("hello there");
    const { chat, snapshot } = await play.until((shown) => shown.chat.turns.at(-1)?.state === "done");
    expect(chat.turns.map(({ role, content }) => [role, content])).to.deep.equal([
      ["user", "hello there"],
      ["assistant", "You said: hello there"],
    ]);
    expect(chat.turns.at(-1)?.charge?.cost).to.equal(100_208n);
    expect(snapshot?.signed).to.equal(100_208n);

    relayer.mischief.fail = true;
    const refused = await chat.send("again").catch((error: unknown) => error);
    relayer.mischief.fail = false;
    expect(refused).to.be.instanceOf(UpstreamFailedError);
    await play.until((shown) => shown.chat.turns.length === 2 && !shown.chat.isStreaming);

    if (opened.session) opened.close.mutate(opened.session);
    const closed = await play.until(({ close }) => close.isSuccess || close.error);
    expect(closed.close.data?.total).to.equal(100_208n);
    await play.until(({ tab }) => tab?.closing);
    play.end();
  });

  it("buy a pass, show it and its renewal, and end it with its refund", async () => {
    const { characterId: sold } = await withCharacter({ monthly: 30_000_000n });
    const play = stage(() => {
      const of = { characterId: sold, account };
      return {
        subscribe: useSubscribe(),
        cancel: useCancelNow(),
        access: useAccess(of).data,
        renewal: useRenewal(of).data,
        stelai: useStelai(),
      };
    });
    play.render(wrap);
    const ready = await play.until(({ stelai, access }) => stelai.client.walletClient && access);
    expect(ready.access).to.include({ active: false, until: 0n });
    ready.subscribe.mutate({ characterId: sold, plan: "Monthly", renews: true });
    const { access, renewal } = await play.until((shown) => {
      return shown.subscribe.stage === "confirmed" && shown.access?.active && shown.renewal?.status === "NotDue";
    });
    expect(renewal?.problem).to.equal(null);
    ready.cancel.mutate({ characterId: sold, minimum: access?.refundable });
    const ended = await play.until((shown) => shown.cancel.data && shown.access?.active === false);
    expect(ended.cancel.data?.refund).to.equal(access?.refundable);
    play.end();
  });

  it("ask for an image, follow it to its end and settle it, and keep the list of what was made", async () => {
    const { characterId: tool } = await withCharacter({ perInference: 100_000n, perUnit: 50_000n }, "Image");
    relayer.studio.control.hold = true;
    const play = stage(() => {
      const open = useOpenSession();
      const session = open.data?.session;
      const generate = useGenerate();
      return {
        ...{ open, session, generate },
        stelai: useStelai(),
        quote: useMediaQuote(session && { characterId: tool, modality: "Image", session, size: "64x32" }).data,
        followed: useGeneration(generate.data),
        list: useGenerations({ session }).data,
        cancel: useCancelGeneration(),
        record: useRecord(generate.data, { enabled: false }),
      };
    });
    play.render(wrap);
    const ready = await play.until(({ stelai }) => stelai.client.walletClient);
    ready.open.mutate({ cap: 3_000_000n, by: "transfer" });
    const { session, generate, quote } = await play.until((shown) => shown.quote && shown.list);
    expect(quote).to.include({ total: 100_078n, quality: "Draft" });
    const asked = { modality: "Image", session, characterId: tool, prompt: "Fog", size: "64x32" } as const;
    generate.mutate({ ...asked, terms: quote?.agreed, maxCost: quote?.total });
    const { followed } = await play.until((shown) => shown.followed.generation && shown.list?.data.length === 1);
    expect(followed.generation?.status).to.equal("queued");
    await relayer.studio.work(followed.generation?.id ?? "");
    const ended = await play.until((shown) => shown.followed.charge && shown.list?.data[0]?.status === "completed");
    expect(ended.followed.charge?.cost).to.equal(100_078n);
    expect(session?.snapshot.signed).to.equal(100_078n);
    const late = { id: ended.followed.generation?.id ?? "", session };
    const refused = await ended.cancel.mutateAsync(late).catch((error: unknown) => error);
    expect(refused).to.be.instanceOf(GenerationEndedError);
    play.end();
  });

  it("buy a licence, follow it to its release, and read anew what each step changed", async () => {
    const { workId, first } = await withWork();
    const play = stage(() => {
      const buy = useBuyLicence();
      const licenceId = buy.data?.licenceId;
      return {
        ...{ buy, stelai: useStelai(), accept: useAcceptLicence(), licence: useLicence(licenceId).data },
        ...{ offer: useOffer(first).data, certificate: useCertificate(licenceId, { holder: account }).data },
        ...{ mayReview: useCanReviewWork({ workId, account }).data, idle: useListing(undefined) },
      };
    });
    play.render(wrap);
    const { buy, offer, idle } = await play.until((shown) => shown.offer && shown.stelai.client.walletClient);
    expect(idle).to.include({ fetchStatus: "idle", data: undefined });
    if (!offer) throw new Error("the offer is there");
    buy.mutate(offer);
    const bought = await play.until((shown) => shown.licence?.status === "Escrowed" && shown.offer?.sold === 1);
    expect(bought.certificate?.isValid ?? false).to.equal(false);
    const licenceId = bought.buy.data?.licenceId ?? 0n;
    await attest(licenceId);
    bought.accept.mutate({ licenceId });
    const released = await play.until((shown) => shown.licence?.status === "Released" && shown.certificate?.isValid);
    expect(released.licence).to.include({ holder: account, deadline: null });
    const { mayReview } = await play.until((shown) => shown.accept.stage === "confirmed" && shown.mayReview?.licenceId);
    expect(mayReview).to.deep.equal({ licenceId, why: null });
    play.end();
  });

  it("know who is signed in once it is looked at again, and ask for nothing of theirs before", async () => {
    const play = stage(() => ({
      who: useSignedInAccount(),
      info: useAccountInfo(),
      stelai: useStelai(),
      invalidate: useInvalidate(),
    }));
    play.render(wrap);
    const { stelai, invalidate, info } = await play.until((shown) => shown.stelai.client.walletClient);
    expect(info).to.include({ fetchStatus: "idle", data: undefined });
    Object.assign(stelai.client.signIn, { token: "t0ken", address: account });
    await invalidate();
    await play.until(({ who }) => who === account);
    play.end();
  });

  it("read a plan, subscribe, and redeem a code, and show what came of each", async () => {
    const { code } = await withCode({ perAccount: 3_000_000n });
    const { deployer } = await people();
    const { deployment, walletClient, publicClient, chain } = await clientsOf(deployer);
    const abi = parseAbi(["function mint(address to, uint256 amount)"]);
    const hash = await walletClient?.writeContract({
      ...{ address: deployment.contracts.Reserve, abi, functionName: "mint", args: [account, 1_000_000_000n] },
      ...{ chain, account: walletClient.account },
    });
    await publicClient.waitForTransactionReceipt({ hash: hash ?? "0x" });
    const play = stage(() => ({
      stelai: useStelai(),
      plans: usePlans(),
      running: useSubscription(account),
      bonus: useBonus(account),
      good: useCode({ code, account }),
      subscribe: useSubscribeToPlan(),
      redeem: useRedeemCode(),
    }));
    play.render(wrap);
    const first = await play.until(({ stelai, plans, running, good, bonus }) => {
      return stelai.client.walletClient && plans.data && running.data === null && good.data && bonus.data;
    });
    const plan = first.plans.data?.[0];
    expect(first.good.data).to.include({ problem: null, amount: 3_000_000n });
    first.subscribe.mutate({ planId: plan?.planId ?? 0n, maxPrice: plan?.price });
    const paid = await play.until(({ subscribe, running }) => subscribe.isError || running.data?.planId);
    expect(paid.subscribe.error).to.equal(null);
    const before = paid.bonus.data?.balance ?? 0n;
    paid.redeem.mutate({ code });
    const given = await play.until(({ redeem, bonus }) => redeem.isError || (bonus.data?.balance ?? 0n) > before);
    expect(given.redeem.error).to.equal(null);
    expect((given.bonus.data?.balance ?? 0n) - before).to.equal(3_000_000n);
    play.end();
  });
});
