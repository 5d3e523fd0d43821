import { Command, CommanderError } from "commander";
import manifest from "../package.json" with { type: "json" };
import { audit } from "./commands/audit.ts";
import { balance } from "./commands/balance.ts";
import * as character from "./commands/character.ts";
import { claim } from "./commands/claim.ts";
import { earnings } from "./commands/earnings.ts";
import * as keys from "./commands/keys.ts";
import * as relayer from "./commands/relayer.ts";
import * as settlement from "./commands/settlement.ts";
import { Context, DEFAULTS, type GlobalOptions } from "./context.ts";
import { EXIT, failureOf } from "./failures.ts";
import { json, terminal, toned } from "./output.ts";

const AFTER_HELP = `
Keys are never arguments: set STELAI_PRIVATE_KEY, or name an encrypted keystore with --keystore
(STELAI_KEYSTORE); its password is asked for, or taken from STELAI_PASSWORD.

Amounts are credits; 1 credit is 1,000,000 microcredits. Dollars are what the floor pays for them.
Exit codes: 0 done, 1 failed (or a bill that does not fit), 2 wrong use.

Examples:
  $ stelai character publish ferryman.yaml --dry-run
  $ stelai earnings --account 0x1234…
  $ stelai claim --collect --redeem --minimum 12.50
  $ stelai audit --receipts bill.json
  $ stelai keys create "My bot" --cap 5
  $ stelai relayer init && stelai relayer run
`;

/** A command's work; a number that it returns is the exit code. */
type Work = (context: Context) => Promise<unknown>;

/**
 * Runs the command line.
 * @param words Its arguments, without program and script.
 * @returns The exit code: 0 done, 1 failed, 2 wrong use.
 */
export async function run(words: readonly string[]): Promise<number> {
  let code: number = EXIT.done;
  const doing = async (command: Command, work: Work) => {
    code = await perform(command.optsWithGlobals<GlobalOptions>(), work);
  };
  const program = build(doing);
  try {
    await program.parseAsync(words, { from: "user" });
    return code;
  } catch (error) {
    // Its help and its complaints are printed already.
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? EXIT.done : EXIT.wrongUse;
  }
}

async function perform(options: GlobalOptions, work: Work): Promise<number> {
  try {
    const ended = await work(new Context(options));
    return typeof ended === "number" ? ended : EXIT.done;
  } catch (error) {
    const failure = failureOf(error);
    const { out, error: say, ...rest } = terminal();
    if (options.json === true) out(json(failure.json));
    else say(toned({ out, error: say, ...rest }, "red", failure.words));
    if (process.env.STELAI_DEBUG) console.error(error);
    return failure.code;
  }
}

function build(doing: (command: Command, work: Work) => Promise<void>): Command {
  const program = new Command("stelai")
    .description("Publish AI characters, claim what they earn, audit bills, and run a relayer, on Stelai.")
    .version(manifest.version)
    .option("--rpc <url>", `the chain's node (STELAI_RPC; ${DEFAULTS.rpc})`)
    .option("--relayer <url>", `an operator's relayer (STELAI_RELAYER; ${DEFAULTS.relayer})`)
    .option("--indexer <url>", `the index (STELAI_INDEXER; ${DEFAULTS.indexer})`)
    .option("--deployment <file or url>", "the contracts (STELAI_DEPLOYMENT; what the relayer says)")
    .option("--keystore <file>", "an encrypted key (STELAI_KEYSTORE)")
    .option("--account <address>", "whose books to read, without a key (STELAI_ACCOUNT)")
    .option("--json", "print JSON for scripts; integers are decimal strings, their unit is in the field's name")
    .configureHelp({ sortSubcommands: false, showGlobalOptions: true })
    .addHelpText("after", AFTER_HELP)
    .showHelpAfterError("(--help tells more)")
    .exitOverride();

  const characters = program.command("character").description("publish, change and look at characters");
  characters
    .command("publish <file>")
    .description("publish the character that a YAML or JSON file describes, or bring a published one to what it says")
    .option("--id <number>", "the character that is to become what the file says")
    .option("--dry-run", "show what would be sent, and send nothing")
    .addHelpText("after", PUBLISH_HELP)
    .action((file: string, options: { id?: string; dryRun?: boolean }, command: Command) =>
      doing(command, (context) => character.publish(context, file, options)),
    );
  characters
    .command("list")
    .description("the characters that an account owns")
    .action((_options: object, command: Command) => doing(command, character.list));
  characters
    .command("show <number>")
    .description("what the chain says of a character")
    .action((number: string, _options: object, command: Command) =>
      doing(command, (context) => character.show(context, number)),
    );
  characters
    .command("serve <number>")
    .description("let another operator serve it: gives that operator persona, card and picture, and lists it")
    .requiredOption("--with <url>", "the other operator's relayer")
    .addHelpText("after", SERVE_HELP)
    .action((number: string, options: { with: string }, command: Command) =>
      doing(command, (context) => character.serve(context, number, options)),
    );
  characters
    .command("stop <number>")
    .description("take an operator off the list: it serves the character no more")
    .requiredOption("--with <url or address>", "the operator, by its relayer or its address")
    .action((number: string, options: { with: string }, command: Command) =>
      doing(command, (context) => character.stop(context, number, options)),
    );

  program
    .command("balance")
    .description("what an account holds: credits, bonus credits, dollars, gas")
    .action((_options: object, command: Command) => doing(command, balance));
  program
    .command("earnings")
    .description("what can be claimed now, by character and by split, and what nobody has collected yet")
    .action((_options: object, command: Command) => doing(command, earnings));
  program
    .command("claim")
    .description("withdraw what was earned, in credits or, at the floor, in dollars")
    .option("--collect", "first collect what characters hold: metered earnings, and passes that have vested")
    .option("--redeem", "redeem it at the floor in the same transaction")
    .option("--minimum <dollars>", "with --redeem: the least to accept")
    .option("--to <address>", "who receives it; the account itself when absent")
    .addHelpText("after", CLAIM_HELP)
    .action((options: object, command: Command) => doing(command, (context) => claim(context, options)));
  program
    .command("audit")
    .description("check a bill against the chain, line by line; exit code 1 when any number differs")
    .option("--tab <number>", "one tab of the account; all with this operator when absent")
    .option("--operator <address>", "whose tab; the relayer's operator when absent")
    .option("--receipts <file>", "a saved bill instead: the operator is not asked, and no key is needed")
    .option("--save <file>", "with --tab: keep the bill")
    .addHelpText("after", AUDIT_HELP)
    .action((options: object, command: Command) => doing(command, (context) => audit(context, options)));

  const apiKeys = program.command("keys").description("API keys for OpenAI clients, each with a cap of its own");
  apiKeys
    .command("create <name>")
    .description("make a key that can spend a part of the account's credits; it is shown this once")
    .requiredOption("--cap <credits>", "the most that it can ever spend; what is left comes back")
    .option("--days <number>", "how long it pays", "30")
    .option("--by <who>", "who sends the transaction: operator, or wallet; the operator where it sponsors")
    .addHelpText("after", KEYS_HELP)
    .action((name: string, options: keys.CreateOptions, command: Command) =>
      doing(command, (context) => keys.create(context, name, options)),
    );
  apiKeys
    .command("list")
    .description("the account's keys with this operator, and what is left of each")
    .action((_options: object, command: Command) => doing(command, keys.list));
  apiKeys
    .command("revoke <id>")
    .description("end a key at once and for good; what is left of it comes back")
    .action((id: string, _options: object, command: Command) => doing(command, (context) => keys.revoke(context, id)));

  const relayers = program.command("relayer").description("run an operator's relayer, and look at one");
  relayers
    .command("init [file]")
    .description(`write the settings of a new operator, with new keys (${relayer.SETTINGS})`)
    .action((file: string | undefined, _options: object, command: Command) =>
      doing(command, (context) => relayer.init(context, file)),
    );
  relayers
    .command("run")
    .description("run the relayer, from settings and environment, until Ctrl-C")
    .option(
      "--settings <file>",
      `KEY=value lines (${relayer.SETTINGS} where there is one); the environment goes before them`,
    )
    .addHelpText("after", RUN_HELP)
    .action((options: object, command: Command) => doing(command, (context) => relayer.run(context, options)));
  relayers
    .command("status")
    .description("whether a relayer serves, who runs it, its fees, and the gas it has left")
    .action((_options: object, command: Command) => doing(command, relayer.status));

  const settlements = program
    .command("settlement")
    .description("follow how vouchers become money, and see to it yourself");
  settlements
    .command("watch")
    .description("what an operator has sealed, settled and not yet settled, and its gas, until Ctrl-C")
    .option("--once", "look once")
    .option("--interval <seconds>", "how often to look", "3")
    .addHelpText("after", WATCH_HELP)
    .action((options: { once?: boolean; interval: string }, command: Command) =>
      doing(command, (context) => settlement.watch(context, options)),
    );
  settlements
    .command("save <file>")
    .description("keep a copy of all that an operator sealed, for the day on which it is gone")
    .action((file: string, _options: object, command: Command) =>
      doing(command, (context) => settlement.save(context, file)),
    );
  settlements
    .command("settle <file>")
    .description("settle what was sealed, from a copy or a saved bill; anyone may, through the thaw")
    .addHelpText("after", SETTLE_HELP)
    .action((file: string, _options: object, command: Command) =>
      doing(command, (context) => settlement.settle(context, file)),
    );

  return program;
}

const PUBLISH_HELP = `
A file:
  name: Ferryman
  tagline: Rows you over.
  picture: ferryman.png          # beside the file; PNG, JPEG or WebP
  persona: ferryman.md           # who it is; or its fields here
  visibility: Public             # Unlisted, Private
  prices:                        # credits
    perInference: 0.1
    perUnit: 0.05                # chat: 1,000 tokens
    monthly: 5
  operators:                     # who may serve it; the --relayer when absent
    - http://127.0.0.1:8787
  splits:                        # who earns; the owner when absent
    - { to: "0x1234…", percent: 70 }
    - { to: "0xabcd…", percent: 30 }

Examples:
  $ stelai character publish ferryman.yaml --dry-run
  $ stelai character publish ferryman.yaml
  $ stelai character publish ferryman.yaml --id 12
`;

const SERVE_HELP = `
Your own relayer (--relayer) gives back what it keeps of the character, to you alone; the other one stores it encrypted.

Example:
  $ stelai character serve 12 --with https://relayer.example
`;

const CLAIM_HELP = `
Examples:
  $ stelai claim
  $ stelai claim --collect --redeem --minimum 12.50
`;

const AUDIT_HELP = `
Examples:
  $ stelai audit                           every tab of the account with this operator
  $ stelai audit --tab 3 --save bill.json
  $ stelai audit --receipts bill.json      also what the dApp's Statement saved
`;

const KEYS_HELP = `
A key is a tab whose session key the operator holds: any client that takes a base URL and an API key pays by it.

Examples:
  $ stelai keys create "My bot" --cap 5
  $ stelai keys create nightly --cap 0.5 --days 2 --json
`;

const RUN_HELP = `
Without OPERATOR_PRIVATE_KEY the operator's key is that of STELAI_PRIVATE_KEY or --keystore.

Examples:
  $ stelai relayer init
  $ stelai relayer run
  $ PORT=8788 stelai relayer run --settings other.env
`;

const WATCH_HELP = `
Examples:
  $ stelai settlement watch --relayer https://relayer.example
  $ stelai settlement watch --once --json
`;

const SETTLE_HELP = `
It pays exactly whom the payers signed for, and costs only gas. What is settled already is left out.

Example, when an operator has vanished:
  $ stelai settlement settle seals.json
`;
