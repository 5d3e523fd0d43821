import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

const SECONDS = [0.001, 0.002, 0.003, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** What `/metrics` shows. */
export type Metrics = ReturnType<typeof createMetrics>;

/** Prometheus metrics of one process. */
export function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    registry,
    requests: new Counter({
      name: "stelai_http_requests_total",
      help: "Answers by route and status",
      labelNames: ["route", "status"],
      registers,
    }),
    duration: new Histogram({
      name: "stelai_http_request_seconds",
      help: "Time to the answer's head, by route",
      labelNames: ["route"],
      buckets: SECONDS,
      registers,
    }),
    added: new Histogram({
      name: "stelai_metering_added_seconds",
      help: "Time that metering adds before the upstream is asked",
      buckets: SECONDS,
      registers,
    }),
    charged: new Counter({ name: "stelai_charged_microcredits_total", help: "Charged by receipts", registers }),
    inferences: new Counter({
      name: "stelai_inferences_total",
      help: "Inferences by outcome",
      labelNames: ["outcome"],
      registers,
    }),
    singlePayments: new Counter({
      name: "stelai_x402_payments_total",
      help: "Single payments by x402, by outcome: settled, refused, pending, released; lost: given, and never charged",
      labelNames: ["outcome"],
      registers,
    }),
    singlePaymentsWait: new Gauge({
      name: "stelai_x402_waits",
      help: "1 while no single payments are taken because gas costs too much, or the day's budget for it is used up",
      registers,
    }),
    seals: new Counter({
      name: "stelai_seals_total",
      help: "Vouchers sealed, by trigger",
      labelNames: ["trigger"],
      registers,
    }),
    refusedRows: new Counter({
      name: "stelai_settlement_refused_rows_total",
      help: "Rows of batches the chain skipped, by reason",
      labelNames: ["reason"],
      registers,
    }),
    renewals: new Counter({
      name: "stelai_renewals_total",
      help: "Renewals of passes by outcome: sent, renewed, or why not",
      labelNames: ["outcome"],
      registers,
    }),
    renewalsDue: new Gauge({ name: "stelai_renewals_due", help: "Passes of the next batch to renew", registers }),
    renewalsWaitForGas: new Gauge({
      name: "stelai_renewals_wait_for_gas",
      help: "1 while renewals wait because gas costs more than the operator allows",
      registers,
    }),
    kept: new Counter({
      name: "stelai_keeper_total",
      help: "Plans, top-ups, recorded spending and lapsed bonus credits by outcome: sent, done, or why not",
      labelNames: ["what", "outcome"],
      registers,
    }),
    deliveries: new Counter({
      name: "stelai_deliveries_total",
      help: "Licences by what was done: attested, failed or concluded, and transactions of these that came to nothing",
      labelNames: ["outcome"],
      registers,
    }),
    deliveriesWaitForGas: new Gauge({
      name: "stelai_deliveries_wait_for_gas",
      help: "1 while deliveries wait because gas costs more than the operator allows",
      registers,
    }),
    transactions: new Counter({
      name: "stelai_transactions_total",
      help: "Transactions by outcome",
      labelNames: ["outcome"],
      registers,
    }),
    generationsQueued: new Gauge({
      name: "stelai_generations_queued",
      help: "Generations that wait, by what for",
      labelNames: ["waits_for"],
      registers,
    }),
    generationsRunning: new Gauge({
      name: "stelai_generations_running",
      help: "Generations that this process works on",
      registers,
    }),
    generations: new Histogram({
      name: "stelai_generation_seconds",
      help: "Time from the beginning of the last try to the end of a generation, by modality and outcome",
      labelNames: ["modality", "outcome"],
      buckets: [0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 60, 120, 300, 900],
      registers,
    }),
    lag: new Gauge({ name: "stelai_chain_age_seconds", help: "Since when the newest block is known", registers }),
    headAge: new Gauge({
      name: "stelai_chain_head_age_seconds",
      help: "Age of the newest block by its time",
      registers,
    }),
    head: new Gauge({ name: "stelai_chain_head_block", help: "The newest block's number", registers }),
    info: new Gauge({
      name: "stelai_relayer_info",
      help: "1, with this process's name among those on one database",
      labelNames: ["instance", "operator"],
      registers,
    }),
    inFlight: new Gauge({ name: "stelai_http_in_flight", help: "Requests that are being answered", registers }),
    upstreamErrors: new Counter({
      name: "stelai_upstream_errors_total",
      help: "Answers that the upstream failed, by the error's code",
      labelNames: ["code"],
      registers,
    }),
    tabs: new Gauge({ name: "stelai_tabs_open", help: "Tabs that are not closed, of all processes", registers }),
    unsigned: new Gauge({
      name: "stelai_unsigned_microcredits",
      help: "Served and not signed yet, of all processes",
      registers,
    }),
    held: new Gauge({ name: "stelai_held_microcredits", help: "Held for what is in flight or queued", registers }),
    unsettled: new Gauge({ name: "stelai_unsettled_microcredits", help: "Signed and not settled yet", registers }),
    settlementLag: new Gauge({
      name: "stelai_settlement_lag_seconds",
      help: "Age of the oldest voucher that no seal covers, by the chain's time",
      registers,
    }),
    sealsOpen: new Gauge({
      name: "stelai_seals_open",
      help: "Seals that are not final yet, by status",
      labelNames: ["status"],
      registers,
    }),
    queueAge: new Gauge({
      name: "stelai_generations_oldest_seconds",
      help: "Age of the oldest generation that waits for its turn",
      registers,
    }),
  };
}
