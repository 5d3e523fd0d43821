/**
 * The books of passes kept the long way: every period writes what it brings on each of its days, one by one. Nothing
 * here is taken from the contracts but the rules of DESIGN section 4. Microcredits, UTC days, Unix seconds.
 */

export type Plan = "lifetime" | "monthly" | "annual";
export type Prices = Readonly<Record<Plan, bigint>>;

const DAY = 86_400;
const LAPSE = 14 * DAY;
const LENGTH = { monthly: 30, annual: 365 };

interface Period {
  readonly plan: "monthly" | "annual";
  readonly start: number;
  readonly end: number;
  readonly price: bigint;
  /** What a month of an early ended year costs. */
  readonly monthly: bigint;
}

/** What one account holds of one character. */
export interface Holding {
  lifetime: boolean;
  until: number;
  mandate: bigint;
  plan: Plan;
  periods: Period[];
}

/** One character: what it costs, who earns, what it brings on which day. */
export interface Book {
  prices: Prices;
  suspended: boolean;
  payee: string;
  readonly income: Map<number, bigint>;
  readonly holdings: Map<string, Holding>;
}

export function newBook(prices: Prices, payee: string): Book {
  return { prices, suspended: false, payee, income: new Map(), holdings: new Map() };
}

const dayOf = (time: number) => Math.floor(time / DAY);

export function holdingOf(book: Book, account: string): Holding {
  let holding = book.holdings.get(account);
  if (!holding) {
    holding = { lifetime: false, until: 0, mandate: 0n, plan: "lifetime", periods: [] };
    book.holdings.set(account, holding);
  }
  return holding;
}

function brings(book: Book, day: number, amount: bigint): void {
  book.income.set(day, (book.income.get(day) ?? 0n) + amount);
}

export interface Wish {
  readonly account: string;
  readonly payer: string;
  readonly plan: Plan;
  readonly renews: boolean;
  readonly replaces: boolean;
}

/** Sells a pass; what the payer parts with (less what comes back), or `undefined` when it is refused. */
export function buy(book: Book, wish: Wish, time: number): bigint | undefined {
  const holding = holdingOf(book, wish.account);
  const price = book.prices[wish.plan];
  const isGift = wish.account !== wish.payer;
  const runs = holding.until > time;
  const waiting = wish.replaces || !runs ? 0 : holding.periods.filter(({ end }) => end > time).length;
  if (book.suspended || price === 0n || holding.lifetime) return undefined;
  if (wish.plan !== "lifetime" && (waiting > 4 || (!isGift && !wish.replaces && runs && holding.mandate > 0n))) {
    return undefined;
  }
  if (isGift && time > holding.until + LAPSE) holding.mandate = 0n;
  const refund = wish.replaces && runs ? cancel(book, wish.account, time) : 0n;
  if (wish.plan === "lifetime") {
    holding.lifetime = true;
    holding.mandate = 0n;
    brings(book, dayOf(time), price);
  } else {
    append(book, holding, wish.plan, time);
    if (!isGift) holding.mandate = wish.renews ? price : 0n;
    if (wish.renews) holding.plan = wish.plan;
  }
  return price - refund;
}

function append(book: Book, holding: Holding, plan: "monthly" | "annual", time: number): void {
  const { monthly, annual } = book.prices;
  const price = book.prices[plan];
  const length = LENGTH[plan];
  const start = Math.max(time, holding.until);
  const most = annual / 4n;
  const month = monthly === 0n ? annual / 10n : monthly < most ? monthly : most;
  holding.until = start + length * DAY;
  holding.periods.push({ plan, start, end: holding.until, price, monthly: month });
  const rate = price / BigInt(length);
  for (let day = 0; day < length; day++) brings(book, dayOf(start) + day, rate);
  brings(book, dayOf(time), price - rate * BigInt(length));
}

/** Ends all periods; what comes back to the holder. */
export function cancel(book: Book, account: string, time: number): bigint {
  const holding = holdingOf(book, account);
  const today = dayOf(time);
  let refund = 0n;
  for (const { plan, start, price, monthly } of holding.periods) {
    const length = LENGTH[plan];
    const rate = price / BigInt(length);
    let left = 0n;
    let begun = 0;
    for (let day = dayOf(start); day < dayOf(start) + length; day++) {
      if (day <= today) begun++;
      else {
        brings(book, day, -rate);
        left += rate;
      }
    }
    let back = left;
    if (plan === "annual" && begun > 0 && !book.suspended) {
      const thirtieths = BigInt(begun) * monthly;
      const cost = thirtieths / 30n + (thirtieths % 30n === 0n ? 0n : 1n);
      const rest = price > cost ? price - cost : 0n;
      back = rest < left ? rest : left;
    }
    brings(book, today, left - back);
    refund += back;
  }
  holding.periods = [];
  holding.until = Math.min(holding.until, time);
  holding.mandate = 0n;
  return refund;
}

/** Renews when it is due, agreed to and within `purse`; the price, or `undefined`. */
export function renew(book: Book, account: string, purse: bigint, time: number): bigint | undefined {
  const holding = holdingOf(book, account);
  const { plan } = holding;
  if (holding.lifetime || holding.mandate === 0n || book.suspended || plan === "lifetime") return undefined;
  if (time < holding.until || time > holding.until + LAPSE) return undefined;
  const price = book.prices[plan];
  if (price === 0n || price > holding.mandate || price > purse) return undefined;
  holding.periods = [];
  append(book, holding, plan, time);
  return price;
}

/** Agrees to renewals, or to none; whether that is possible. */
export function agree(book: Book, account: string, plan: Plan, mandate: bigint, time: number): boolean {
  const holding = holdingOf(book, account);
  if (holding.lifetime || time > holding.until + LAPSE) return false;
  holding.plan = plan;
  holding.mandate = mandate;
  return true;
}

/** Takes all that came in on days until today. */
export function harvest(book: Book, time: number): bigint {
  let amount = 0n;
  for (const [day, income] of book.income) {
    if (day > dayOf(time)) continue;
    amount += income;
    book.income.delete(day);
  }
  return amount;
}

/** What {@link harvest} would take, and all that is still to come. */
export function standing(book: Book, time: number): { vested: bigint; toCome: bigint } {
  let [vested, toCome] = [0n, 0n];
  for (const [day, income] of book.income) {
    if (day <= dayOf(time)) vested += income;
    else toCome += income;
  }
  return { vested, toCome };
}
