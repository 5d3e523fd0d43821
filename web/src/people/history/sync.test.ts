import { HistoryConflictError } from "@stelai/sdk";
import { expect } from "chai";
import { privateKeyToAccount } from "viem/accounts";
import { add, type Conversation, EMPTY, path, type Role } from "../../chat/conversation.ts";
import { askForKey, type HistoryKey, OtherKeyError } from "./key.ts";
import {
  DeletedElsewhereError,
  type Local,
  type Remote,
  type Sides,
  type Synced,
  syncAll,
  syncCharacter,
} from "./sync.ts";

const account = privateKeyToAccount(`0x${"22".repeat(32)}`);

function said(start: Conversation, at: number, ...lines: string[]): Conversation {
  return lines.reduce((conversation, line, index) => {
    const role: Role = line.startsWith(">") ? "assistant" : "user";
    const parent = path(conversation).at(-1)?.id ?? 0;
    return add(conversation, { parent, role, content: line, state: "done", at: at + index }).conversation;
  }, start);
}

/** An operator as the protocol says it keeps entries: each write names the version it replaces. */
class Operator implements Remote {
  readonly entries = new Map<string, { version: number; data: string }>();
  writes = 0;
  /** Runs once before the next write: another device that comes between. */
  between: (() => Promise<void>) | undefined;

  async listHistory() {
    return [...this.entries].map(([id, { version }]) => ({ id, version }));
  }

  async getHistory({ id }: { id: string }) {
    const entry = this.entries.get(id);
    if (!entry) throw new Error("asked for what is not there");
    return entry;
  }

  async putHistory({ id, replaces, data }: { id: string; replaces: number | null; data: string }) {
    const { between } = this;
    this.between = undefined;
    await between?.();
    const now = this.entries.get(id)?.version ?? null;
    if (now !== replaces) throw conflict();
    this.writes++;
    const entry = { version: (now ?? 0) + 1, data };
    this.entries.set(id, entry);
    return entry;
  }
}

/** The SDK's error, as the relayer's answer makes it. */
function conflict(): HistoryConflictError {
  return Object.create(HistoryConflictError.prototype) as HistoryConflictError;
}

class Browser implements Local {
  readonly chats = new Map<string, Conversation>();
  readonly states = new Map<string, Synced>();
  async characters() {
    return [...this.chats.keys()];
  }
  async read(characterId: string) {
    return this.chats.get(characterId);
  }
  async write(characterId: string, conversation: Conversation, before: Conversation | undefined) {
    if (this.chats.get(characterId) !== before) return false;
    this.chats.set(characterId, conversation);
    return true;
  }
  async synced(name: string) {
    return this.states.get(name);
  }
  async remember(name: string, synced: Synced) {
    this.states.set(name, synced);
  }
  texts(characterId = "7") {
    return (this.chats.get(characterId)?.turns ?? []).map(({ content }) => content).sort();
  }
}

describe("conversations on several browsers", () => {
  let key: HistoryKey;
  let operator: Operator;
  let one: Browser;
  let two: Browser;
  const sides = (local: Browser, other: Partial<Sides> = {}): Sides => ({ key, remote: operator, local, ...other });

  before(async () => {
    key = await askForKey(account.address, (message) => account.signMessage({ message }), true);
  });
  beforeEach(() => {
    operator = new Operator();
    one = new Browser();
    two = new Browser();
    one.chats.set("7", said(EMPTY, 100, "hi", ">hello"));
  });

  it("come to a new browser, and the operator sees no word of them", async () => {
    one.chats.set("8", EMPTY);
    expect(await syncAll(sides(one))).to.equal(1);
    expect(await syncAll(sides(two))).to.equal(1);
    expect(two.texts()).to.deep.equal([">hello", "hi"]);
    const [[name = "", entry] = []] = operator.entries;
    const bytes = Buffer.from(entry?.data ?? "", "base64").toString("latin1");
    expect(bytes).not.to.include("hello");
    expect(name).not.to.include("7:");
  });

  it("are written only when something is new", async () => {
    for (const browser of [one, two, one, two]) await syncAll(sides(browser));
    await syncCharacter(sides(one), "7");
    expect(operator.writes).to.equal(1);
  });

  it("lose nothing when both went on meanwhile", async () => {
    await syncAll(sides(one));
    await syncAll(sides(two));
    one.chats.set("7", said(one.chats.get("7") ?? EMPTY, 200, "here?", ">here"));
    two.chats.set("7", said(two.chats.get("7") ?? EMPTY, 300, "there?", ">there"));
    for (const browser of [one, two, one]) await syncAll(sides(browser));
    expect(one.texts()).to.deep.equal([">hello", ">here", ">there", "here?", "hi", "there?"]);
    expect(two.texts()).to.deep.equal(one.texts());
    const writes = operator.writes;
    for (const browser of [one, two]) await syncAll(sides(browser));
    expect(operator.writes).to.equal(writes);
  });

  it("lose nothing when another device writes between reading and writing", async () => {
    await syncAll(sides(one));
    await syncAll(sides(two));
    one.chats.set("7", said(one.chats.get("7") ?? EMPTY, 200, "here?", ">here"));
    two.chats.set("7", said(two.chats.get("7") ?? EMPTY, 300, "there?", ">there"));
    operator.between = () => syncCharacter(sides(two), "7");
    await syncCharacter(sides(one), "7");
    expect(one.texts()).to.deep.equal([">hello", ">here", ">there", "here?", "hi", "there?"]);
    await syncAll(sides(two));
    expect(two.texts()).to.deep.equal(one.texts());
  });

  it("keep what is said here while the other one's words are put in", async () => {
    await syncAll(sides(one));
    two.chats.set("7", said(EMPTY, 50, "early", ">bird"));
    const write = two.write.bind(two);
    let isFirst = true;
    two.write = async (...given) => {
      if (isFirst) two.chats.set("7", said(two.chats.get("7") ?? EMPTY, 400, "late", ">owl"));
      isFirst = false;
      return write(...given);
    };
    await syncAll(sides(two));
    expect(two.texts()).to.deep.equal([">bird", ">hello", ">owl", "early", "hi", "late"]);
  });

  it("are deleted on the other browser, too, when they were deleted on one", async () => {
    await syncAll(sides(one));
    await syncAll(sides(two));
    one.chats.set("7", EMPTY);
    await syncCharacter(sides(one), "7");
    two.chats.set("7", said(two.chats.get("7") ?? EMPTY, 500, "later", ">still here"));
    await syncAll(sides(two));
    expect(two.texts()).to.deep.equal([">still here", "later"]);
    await syncAll(sides(one));
    expect(one.texts()).to.deep.equal([">still here", "later"]);
  });

  it("are deleted even when one began anew before that was sent", async () => {
    await syncAll(sides(one));
    one.chats.set("7", said(EMPTY, 500, "anew", ">yes"));
    await syncAll(sides(one));
    await syncAll(sides(two));
    expect(two.texts()).to.deep.equal([">yes", "anew"]);
  });

  it("are not sent again after everything was deleted from another browser", async () => {
    await syncAll(sides(one));
    operator.entries.clear();
    let error: unknown;
    await syncAll(sides(one)).catch((thrown: unknown) => {
      error = thrown;
    });
    expect(error).to.be.instanceOf(DeletedElsewhereError);
    expect(operator.entries.size).to.equal(0);
    expect(one.texts()).to.deep.equal([">hello", "hi"]);
  });

  it("are refused when another key encrypted them, and stay as they are", async () => {
    await syncAll(sides(one));
    const other = privateKeyToAccount(`0x${"33".repeat(32)}`);
    const otherKey = await askForKey(other.address, (message) => other.signMessage({ message }), true);
    let error: unknown;
    await syncAll(sides(two, { key: otherKey })).catch((thrown: unknown) => {
      error = thrown;
    });
    expect(error).to.be.instanceOf(OtherKeyError);
    expect(operator.writes).to.equal(1);
  });
});
