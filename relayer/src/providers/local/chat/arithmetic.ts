import { findSum } from "./sumText.ts";

export type Arithmetic =
  | { kind: "result"; sum: string; result: string }
  | { kind: "declined"; sum: string; reason: "division by zero" | "too large" | "not a real number" | "in words" };

/** An exact fraction in lowest terms, denominator positive. */
type Fraction = { n: bigint; d: bigint };

type Value = { exact: true; value: Fraction } | { exact: false; value: number };

class Declined extends Error {
  readonly reason: "division by zero" | "too large" | "not a real number";
  constructor(reason: "division by zero" | "too large" | "not a real number") {
    super(reason);
    this.reason = reason;
  }
}

const MAX_DIGITS = 60;
const MAX_DECIMALS = 12;

/**
 * Works out the sum a message asks for, exactly (fractions of bigints; roots that do not come out are rounded and
 * said to be). Undefined when the message asks for none; declined, with the reason, when it does and there is no
 * honest answer.
 */
export function workOut(message: string): Arithmetic | undefined {
  const found = findSum(message);
  if (found === undefined) return undefined;
  if (found === "in words") return { kind: "declined", sum: message, reason: "in words" };
  const parser = new Parser(found);
  try {
    const value = parser.parse();
    return value === undefined ? undefined : { kind: "result", sum: pretty(found), result: render(value) };
  } catch (error) {
    if (error instanceof Declined) return { kind: "declined", sum: pretty(found), reason: error.reason };
    throw error;
  }
}

/** Recursive descent: sum, product, sign, power, percent, root, parentheses. */
class Parser {
  readonly #tokens: string[];
  #at = 0;
  #depth = 0;

  constructor(sum: string) {
    this.#tokens = sum.match(/\d+(?:\.\d+)?|\.\d+|√|[-+*/^%()]/g) ?? [];
  }

  /** The value, or undefined when this is no sum after all. */
  parse(): Value | undefined {
    const value = this.#sum();
    return value !== undefined && this.#at === this.#tokens.length ? value : undefined;
  }

  #peek(): string {
    return this.#tokens[this.#at] ?? "";
  }

  #sum(): Value | undefined {
    let left = this.#product();
    while (left !== undefined && (this.#peek() === "+" || this.#peek() === "-")) {
      const minus = this.#tokens[this.#at++] === "-";
      const right = this.#product();
      if (right === undefined) return undefined;
      left = combine(left, minus ? negate(right) : right, add, (a, b) => a + b);
    }
    return left;
  }

  #product(): Value | undefined {
    let left = this.#signed();
    while (left !== undefined && (this.#peek() === "*" || this.#peek() === "/")) {
      const over = this.#tokens[this.#at++] === "/";
      const right = this.#signed();
      if (right === undefined) return undefined;
      left = over ? combine(left, right, divide, (a, b) => a / b) : combine(left, right, multiply, (a, b) => a * b);
    }
    return left;
  }

  #signed(): Value | undefined {
    if (this.#peek() !== "-") return this.#power();
    this.#at += 1;
    if (++this.#depth > 50) return undefined;
    const value = this.#signed();
    return value === undefined ? undefined : negate(value);
  }

  #power(): Value | undefined {
    const base = this.#atom();
    if (base === undefined || this.#peek() !== "^") return base;
    this.#at += 1;
    if (++this.#depth > 50) return undefined;
    const exponent = this.#signed();
    return exponent === undefined ? undefined : raise(base, exponent);
  }

  #atom(): Value | undefined {
    const token = this.#tokens[this.#at++];
    if (token === undefined || ++this.#depth > 500) return undefined;
    let value: Value | undefined;
    if (token === "(") {
      value = this.#sum();
      if (value === undefined || this.#tokens[this.#at++] !== ")") return undefined;
    } else if (token === "√") {
      const of = this.#peek() === "-" ? this.#signed() : this.#atom();
      value = of === undefined ? undefined : root(of);
    } else if (/[\d.]/.test(token)) {
      value = { exact: true, value: decimal(token) };
    }
    while (value !== undefined && this.#peek() === "%") {
      this.#at += 1;
      value = combine(value, { exact: true, value: { n: 100n, d: 1n } }, divide, (a, b) => a / b);
    }
    return value;
  }
}

function combine(
  left: Value,
  right: Value,
  exactly: (a: Fraction, b: Fraction) => Fraction,
  roughly: (a: number, b: number) => number,
): Value {
  if (left.exact && right.exact) return { exact: true, value: exactly(left.value, right.value) };
  const value = roughly(toNumber(left), toNumber(right));
  if (!Number.isFinite(value)) throw new Declined(toNumber(right) === 0 ? "division by zero" : "too large");
  return { exact: false, value };
}

function negate(value: Value): Value {
  return value.exact
    ? { exact: true, value: { n: -value.value.n, d: value.value.d } }
    : { exact: false, value: -value.value };
}

function fraction(n: bigint, d: bigint): Fraction {
  if (d === 0n) throw new Declined("division by zero");
  let [a, b] = [n < 0n ? -n : n, d < 0n ? -d : d];
  while (b !== 0n) [a, b] = [b, a % b];
  const sign = d < 0n ? -1n : 1n;
  const result = a === 0n ? { n: 0n, d: 1n } : { n: (sign * n) / a, d: (sign * d) / a };
  if (String(result.n).length > MAX_DIGITS || String(result.d).length > MAX_DIGITS) throw new Declined("too large");
  return result;
}

const add = (a: Fraction, b: Fraction): Fraction => fraction(a.n * b.d + b.n * a.d, a.d * b.d);
const multiply = (a: Fraction, b: Fraction): Fraction => fraction(a.n * b.n, a.d * b.d);
const divide = (a: Fraction, b: Fraction): Fraction => fraction(a.n * b.d, a.d * b.n);

function decimal(token: string): Fraction {
  const [whole = "", part = ""] = token.split(".");
  if (whole.length + part.length > MAX_DIGITS) throw new Declined("too large");
  return fraction(BigInt(`${whole}${part}`), 10n ** BigInt(part.length));
}

function raise(base: Value, exponent: Value): Value {
  if (!base.exact || !exponent.exact || exponent.value.d !== 1n) {
    const value = toNumber(base) ** toNumber(exponent);
    if (Number.isNaN(value)) throw new Declined("not a real number");
    if (!Number.isFinite(value)) throw new Declined("too large");
    return { exact: false, value };
  }
  const power = exponent.value.n < 0n ? -exponent.value.n : exponent.value.n;
  const digits = String(base.value.n).replace("-", "").length + String(base.value.d).length;
  const trivial = (base.value.n === 0n || base.value.n === 1n || base.value.n === -1n) && base.value.d === 1n;
  if (power > 1_000n || (!trivial && (digits - 2) * Number(power) > MAX_DIGITS)) throw new Declined("too large");
  const raised = fraction(base.value.n ** power, base.value.d ** power);
  return { exact: true, value: exponent.value.n < 0n ? fraction(raised.d, raised.n) : raised };
}

function root(of: Value): Value {
  if (toNumber(of) < 0) throw new Declined("not a real number");
  if (of.exact) {
    const n = wholeRoot(of.value.n);
    const d = wholeRoot(of.value.d);
    if (n !== undefined && d !== undefined) return { exact: true, value: fraction(n, d) };
  }
  return { exact: false, value: Math.sqrt(toNumber(of)) };
}

function wholeRoot(square: bigint): bigint | undefined {
  if (square < 2n) return square;
  let guess = 1n << BigInt(Math.ceil(square.toString(2).length / 2));
  for (;;) {
    const next = (guess + square / guess) / 2n;
    if (next >= guess) return guess * guess === square ? guess : undefined;
    guess = next;
  }
}

function toNumber(value: Value): number {
  return value.exact ? Number(value.value.n) / Number(value.value.d) : value.value;
}

function render(value: Value): string {
  if (!value.exact) return `about ${rounded(value.value)}`;
  const { n, d } = value.value;
  if (d === 1n) return grouped(String(n));
  for (let decimals = 1; decimals <= MAX_DECIMALS; decimals += 1) {
    const scale = 10n ** BigInt(decimals);
    if ((n * scale) % d !== 0n) continue;
    const digits = String(((n < 0n ? -n : n) * scale) / d).padStart(decimals + 1, "0");
    const sign = n < 0n ? "-" : "";
    return `${sign}${grouped(digits.slice(0, -decimals))}.${digits.slice(-decimals)}`;
  }
  return `about ${rounded(Number(n) / Number(d))}, exactly ${n}/${d}`;
}

function rounded(value: number): string {
  return Math.abs(value) >= 1e15 ? value.toExponential(6) : String(Number(value.toFixed(6)));
}

function grouped(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+(?!\d))/g, ",");
}

function pretty(sum: string): string {
  return sum
    .replace(/\s+/g, "")
    .replace(/(?<=[\d)%])([-+*/])/g, " $1 ")
    .replace(/\*/g, "×")
    .replace(/\//g, "÷");
}
