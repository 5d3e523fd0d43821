import { createECDH, randomBytes } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { accountInfoSchema } from "@stelai/sdk/wire";
import { expect } from "chai";
import { eq } from "drizzle-orm";
import { SMTPServer } from "smtp-server";
import type { PrivateKeyAccount } from "viem";
import { signInAt } from "../../test/signIn.ts";
import { answer } from "../../test/upstream.ts";
import { type ServedRelayer, serveRelayer, startWorld, type World } from "../../test/world.ts";
import { isPublicAddress, isPublicHttps } from "../net/publicHost.ts";
import { tables } from "../store/index.ts";

const PORT = 21_400;

describe("an account", () => {
  let world: World;
  let relayer: ServedRelayer;
  let smtp: SMTPServer;
  let pushService: Server;
  let people = 0;
  const letters: { to: string[]; text: string }[] = [];
  const pushed: { path: string; headers: Record<string, unknown>; body: Buffer }[] = [];

  let isQuick = () => {};
  const quick = new Promise<void>((resolve) => {
    isQuick = resolve;
  });

  before(async () => {
    smtp = new SMTPServer({
      ...{ authOptional: true, disabledCommands: ["STARTTLS", "AUTH"] },
      onData: (stream, session, done) => {
        const parts: Buffer[] = [];
        stream.on("data", (part: Buffer) => parts.push(part));
        stream.on("end", () => {
          // Soft line breaks of quoted-printable would cut links.
          const text = Buffer.concat(parts).toString("utf8").replace(/=\r\n/g, "").replaceAll("=3D", "=");
          letters.push({ to: session.envelope.rcptTo.map(({ address }) => address), text });
          done();
        });
      },
    });
    await new Promise<void>((resolve) => smtp.listen(PORT, "127.0.0.1", () => resolve()));
    pushService = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on("data", (part: Buffer) => parts.push(part));
      request.on("end", () => {
        pushed.push({ path: request.url ?? "", headers: request.headers, body: Buffer.concat(parts) });
        response.writeHead(request.url?.includes("gone") ? 410 : 201).end();
      });
    });
    await new Promise<void>((resolve) => pushService.listen(0, "127.0.0.1", () => resolve()));
    const { port } = pushService.address() as AddressInfo;
    world = await startWorld();
    relayer = await serveRelayer(
      world,
      {
        ...{ RATE_WRITES_PER_MINUTE: "1000", MAIL_FROM: "Stelai <mail@stelai.example>" },
        SMTP_URL: `smtp://127.0.0.1:${PORT}?ignoreTLS=true`,
      },
      {
        // The push service's name leads here: the one thing that is not as in earnest.
        pushTransport: async ({ endpoint, method, headers, body }) => {
          const { pathname } = new URL(endpoint);
          if (pathname === "/slow") await quick;
          const init = { method, headers, body: Uint8Array.from(body) };
          const { status } = await fetch(`http://127.0.0.1:${port}${pathname}`, init);
          if (pathname === "/quick") isQuick();
          return status;
        },
      },
    );
  });
  after(async () => {
    await relayer.stop();
    await world.stop();
    pushService.close();
    await new Promise<void>((resolve) => smtp.close(() => resolve()));
  });
  beforeEach(() => {
    letters.length = 0;
    pushed.length = 0;
    world.upstream.behave = answer(["Hello", " there"]);
  });

  function newcomer(): PrivateKeyAccount {
    people += 1;
    return world.account(people);
  }

  async function call(account: PrivateKeyAccount, path: string, method = "GET", body?: unknown): Promise<Response> {
    const headers = await signInAt(relayer, account);
    const init = body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) };
    return fetch(`${relayer.url}${path}`, init);
  }

  const info = async (account: PrivateKeyAccount) =>
    accountInfoSchema.parse(await (await call(account, "/v1/account")).json());

  function subscription(path: string) {
    const ecdh = createECDH("prime256v1");
    const p256dh = ecdh.generateKeys().toString("base64url");
    return { endpoint: `https://push.example${path}`, keys: { p256dh, auth: randomBytes(16).toString("base64url") } };
  }

  async function tell(account: PrivateKeyAccount, key: string): Promise<void> {
    await relayer.services.people.feed.tell({
      ...{ key, account: account.address, kind: "renewal_failed", characterId: 7n },
      data: { until: "1", reason: "AllowanceTooLow" },
    });
    await relayer.delivery.settled();
  }

  describe("with a daily limit", () => {
    const limit = (dailyLimit: string | null) => call(world.payer, "/v1/account/limit", "PUT", { dailyLimit });

    it("is served up to it over all its tabs, told where it stands, and served on when it is lifted", async () => {
      const id = await world.publish({ perInference: 10_000n });
      const clients = await Promise.all([0, 1].map(async () => relayer.client(await world.openTab(1_000_000n))));
      const [one, two] = clients as [(typeof clients)[0], (typeof clients)[0]];
      await relayer.watcher.look();
      expect((await one.ask(id)).status).to.equal(200);
      expect(await info(world.payer)).to.include({ dailyLimit: null, spentToday: 10_000n });
      expect((await limit("25000")).status).to.equal(204);
      expect((await two.ask(id)).status).to.equal(200);
      const refused = await two.ask(id);
      expect(refused.status).to.equal(402);
      expect(refused.error).to.include({ code: "daily_limit_reached" });
      const resetsAt = Number(relayer.services.chain.head().timestamp / 86_400n + 1n) * 86_400;
      expect(refused.error?.stelai).to.deep.equal({ limit: "25000", spent: "20000", resetsAt });
      expect(await info(world.payer)).to.include({ dailyLimit: 25_000n, spentToday: 20_000n });
      await limit(null);
      expect((await one.ask(id)).status).to.equal(200);
    });

    it("is served exactly what fits when many ask at once, and again on the next day", async () => {
      const id = await world.publish({ perInference: 10_000n });
      const client = relayer.client(await world.openTab(5_000_000n));
      await relayer.watcher.look();
      const { spentToday } = await info(world.payer);
      await limit(String(spentToday + 55_000n));
      const answers = await Promise.all(Array.from({ length: 12 }, () => client.ask(id)));
      expect(answers.filter(({ status }) => status === 200)).to.have.length(5);
      expect(new Set(answers.map(({ error }) => error?.code))).to.deep.equal(
        new Set([undefined, "daily_limit_reached"]),
      );
      expect(await info(world.payer)).to.include({ spentToday: spentToday + 50_000n });
      await world.pass(86_400);
      await relayer.watcher.look();
      client.take(...answers);
      await client.acknowledge();
      expect((await client.ask(id)).status).to.equal(200);
      expect((await info(world.payer)).spentToday).to.equal(10_000n);
      await limit(null);
    });

    it("is kept although another process forgot the account since this one saw it", async () => {
      const ann = newcomer();
      await info(ann);
      const forget = () =>
        relayer.services.store.db.delete(tables.accounts).where(eq(tables.accounts.account, ann.address));
      await forget();
      await call(ann, "/v1/account/limit", "PUT", { dailyLimit: "5" });
      expect(await info(ann)).to.include({ dailyLimit: 5n });
      await forget();
      await call(ann, "/v1/notifications/muted", "PUT", { kinds: ["gift"] });
      expect((await info(ann)).muted).to.deep.equal(["gift"]);
    });

    it("that is none is refused", async () => {
      expect((await limit("-1")).status).to.equal(400);
      expect((await fetch(`${relayer.url}/v1/account/limit`, { method: "PUT" })).status).to.equal(401);
    });
  });

  describe("with Web Push", () => {
    it("has each notification sent to its browsers, encrypted, until one is gone or the kind is muted", async () => {
      const ann = newcomer();
      const [here, gone] = [subscription("/here"), subscription("/gone")];
      for (const one of [here, gone]) expect((await call(ann, "/v1/push", "PUT", one)).status).to.equal(204);
      await tell(ann, "first");
      expect(pushed.map(({ path }) => path).sort()).to.deep.equal(["/gone", "/here"]);
      const [message] = pushed;
      expect(message?.headers["content-encoding"]).to.equal("aes128gcm");
      expect(message?.headers.authorization).to.include((await info(ann)).pushKey ?? "no key");
      expect(message?.body.includes("renewal_failed")).to.equal(false);
      await tell(ann, "second");
      await tell(ann, "second");
      expect(pushed.map(({ path }) => path).slice(2)).to.deep.equal(["/here"]);
      await call(ann, "/v1/notifications/muted", "PUT", { kinds: ["renewal_failed"] });
      await tell(ann, "third");
      expect(pushed).to.have.length(3);
      expect((await info(ann)).muted).to.deep.equal(["renewal_failed"]);
      await call(ann, "/v1/notifications/muted", "PUT", { kinds: [] });
      await call(ann, "/v1/push", "DELETE", { endpoint: here.endpoint });
      await tell(ann, "fourth");
      expect(pushed).to.have.length(3);
    });

    it("does not wait for another account's push service", async () => {
      const [ann, ben] = [newcomer(), newcomer()];
      await call(ann, "/v1/push", "PUT", subscription("/slow"));
      await call(ben, "/v1/push", "PUT", subscription("/quick"));
      const entry = { kind: "renewal_failed", characterId: 7n, data: {}, source: "slow", at: new Date() } as const;
      await relayer.services.people.feed.write([ann, ben].map(({ address }) => ({ ...entry, account: address })));
      await relayer.delivery.settled();
      expect(pushed.map(({ path }) => path)).to.deep.equal(["/quick", "/slow"]);
    });

    it("is not sent into private networks", async () => {
      const ann = newcomer();
      for (const endpoint of [
        ...["http://push.example/a", "https://127.0.0.1/a", "https://[::1]/a", "https://localhost/a"],
        ...[
          "https://169.254.169.254/latest",
          "https://10.1.2.3/",
          "https://router.local/",
          "https://push.example:8443/",
        ],
      ]) {
        const response = await call(ann, "/v1/push", "PUT", { ...subscription("/x"), endpoint });
        expect(response.status, endpoint).to.equal(400);
      }
      expect(isPublicHttps("https://fcm.googleapis.com/fcm/send/abc")).to.equal(true);
      for (const address of ["8.8.8.8", "2606:4700::1111"]) expect(isPublicAddress(address), address).to.equal(true);
      for (const address of ["::ffff:127.0.0.1", "fe80::1", "fd00::1", "100.64.0.1", "64:ff9b::7f00:1", "0.0.0.0"]) {
        expect(isPublicAddress(address), address).to.equal(false);
      }
    });

    it("keeps its keys over restarts", async () => {
      const [row] = await relayer.services.store.db.query.secrets.findMany();
      expect(row?.name).to.equal("vapid");
      expect(Buffer.from(row?.ciphertext ?? []).includes("privateKey")).to.equal(false);
    });
  });

  describe("with mail", () => {
    it("gets none before the link is opened, each notification after it, and none after it is ended", async () => {
      const ann = newcomer();
      expect((await call(ann, "/v1/mail", "PUT", { address: "ann@example.org" })).status).to.equal(204);
      expect((await info(ann)).mail).to.deep.equal({ enabled: true, address: "ann@example.org", confirmed: false });
      await tell(ann, "early");
      expect(letters).to.have.length(1);
      const token = /confirm\?token=([\w-]+)/.exec(letters[0]?.text ?? "")?.[1];
      const link = `${relayer.url}/v1/mail/confirm?token=${token}`;
      const asked = await fetch(link);
      expect(await asked.text())
        .to.include('method="post"')
        .and.include(`?token=${token}`);
      expect((await info(ann)).mail.confirmed).to.equal(false);
      const confirm = () => fetch(link, { method: "POST" });
      expect((await confirm()).status).to.equal(200);
      expect((await confirm()).status).to.equal(404);
      await tell(ann, "late");
      expect(letters).to.have.length(2);
      expect(letters[1]?.to).to.deep.equal(["ann@example.org"]);
      expect(letters[1]?.text).to.include("you let renewals take too little").and.include("List-Unsubscribe-Post");
      const ending = /unsubscribe\?token=([\w.-]+)/.exec(letters[1]?.text ?? "")?.[1];
      const unsubscribe = `${relayer.url}/v1/mail/unsubscribe?token=`;
      expect((await fetch(`${unsubscribe}${ending}x`, { method: "POST" })).status).to.equal(404);
      expect((await fetch(`${unsubscribe}${ending}`)).status).to.equal(200);
      expect((await info(ann)).mail.address).to.equal("ann@example.org");
      expect((await fetch(`${unsubscribe}${ending}`, { method: "POST" })).status).to.equal(200);
      expect((await info(ann)).mail).to.deep.equal({ enabled: true, address: null, confirmed: false });
      await tell(ann, "last");
      expect(letters).to.have.length(2);
    });

    it("still gets those of its passes on a day when others sent it as many as there may be", async () => {
      const ann = newcomer();
      await call(ann, "/v1/mail", "PUT", { address: "busy@example.org" });
      const token = /confirm\?token=([\w-]+)/.exec(letters[0]?.text ?? "")?.[1];
      await fetch(`${relayer.url}/v1/mail/confirm?token=${token}`, { method: "POST" });
      const { quotas, feed } = relayer.services.people;
      await quotas.take([{ scope: "mails", subject: ann.address, amount: 20n, limit: 20n }], "");
      letters.length = 0;
      await feed.tell({ key: "busy", account: ann.address, kind: "gift", characterId: null, data: {} });
      await relayer.delivery.settled();
      expect(letters).to.have.length(0);
      await tell(ann, "busy pass");
      expect(letters).to.have.length(1);
    });

    it("cannot have strangers written to without bound, nor headers of its own", async () => {
      const statuses: number[] = [];
      for (let i = 0; i < 4; i += 1) {
        statuses.push((await call(newcomer(), "/v1/mail", "PUT", { address: "victim@example.org" })).status);
      }
      expect(statuses).to.deep.equal([204, 204, 204, 429]);
      for (const address of ["a@b", "a@example.org\r\nBcc: b@example.org", "a@example.org, b@example.org"]) {
        expect((await call(newcomer(), "/v1/mail", "PUT", { address })).status, address).to.equal(400);
      }
    });
  });

  it("takes everything that is kept of it along, and is forgotten when it wants, but for what is money", async () => {
    const ann = newcomer();
    await call(ann, "/v1/profile", "PUT", { name: "Ann of the Export" });
    await call(ann, `/v1/follows/${world.creator.address}`, "PUT");
    await call(ann, "/v1/history/talk", "PUT", { replaces: null, data: "c2VhbGVk" });
    await call(ann, "/v1/push", "PUT", subscription("/ann"));
    await tell(ann, "for the export");
    const exported = (await (await call(ann, "/v1/account/export")).json()) as Record<string, unknown>;
    expect(exported).to.deep.include({
      address: ann.address,
      follows: [world.creator.address],
      push: ["https://push.example/ann"],
    });
    expect(exported.profile).to.include({ name: "Ann of the Export" });
    expect(exported.history).to.have.length(1);
    expect(exported.notifications).to.have.length(1);
    const headers = await signInAt(relayer, ann);
    expect((await fetch(`${relayer.url}/v1/account`, { method: "DELETE", headers })).status).to.equal(204);
    expect((await fetch(`${relayer.url}/v1/account`, { headers })).status).to.equal(401);
    const after = (await (await call(ann, "/v1/account/export")).json()) as Record<string, unknown>;
    expect(after).to.deep.include({ profile: null, follows: [], history: [], notifications: [], push: [], mail: null });
  });
});
