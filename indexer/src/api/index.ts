/**
 * The index over HTTP: GraphQL at `/` and `/graphql`, the routes below, and Ponder's `/status`, `/health`, `/metrics`.
 * All of it is public and read-only, and Ponder lets pages of every origin read it.
 */
import { db } from "ponder:api";
import schema from "ponder:schema";
import { Hono } from "hono";
import { client, graphql } from "ponder";
import { accounts } from "./accounts.ts";
import { announcements } from "./announcements.ts";
import { bonus } from "./bonus.ts";
import { campaigns, contributors } from "./campaigns.ts";
import { follow } from "./catalogues/index.ts";
import { characters } from "./characters.ts";
import { creators } from "./creators.ts";
import { credits } from "./credits.ts";
import { licences } from "./licences.ts";
import { orders } from "./orders.ts";
import { toResponse } from "./parameters.ts";
import { accountPlan, plans } from "./plans.ts";
import { ranking } from "./ranking.ts";
import { reviewsBy } from "./reviewsBy.ts";
import { search, similar, trendingWorks } from "./search.ts";
import { totals } from "./totals.ts";
import { trending } from "./trending.ts";
import { works } from "./works.ts";

const app = new Hono();
app.onError(toResponse);
app.route("/accounts", accounts);
app.route("/accounts", accountPlan);
app.route("/accounts", bonus);
app.route("/accounts", credits);
app.route("/accounts", reviewsBy);
app.route("/announcements", announcements);
app.route("/campaigns", campaigns);
app.route("/characters", characters);
app.route("/contributors", contributors);
app.route("/creators", creators);
app.route("/licences", licences);
app.route("/orders", orders);
app.route("/plans", plans);
app.route("/ranking", ranking);
app.route("/search", search);
app.route("/totals", totals);
app.route("/trending", trending);
app.route("/trending/works", trendingWorks);
app.route("/works", works);
app.route("/works", similar);
// On PGlite, API and indexing share one connection that may write; on Postgres this runs in read-only transactions.
if (process.env.DATABASE_URL) app.use("/sql/*", client({ db, schema }));
app.use("/graphql", graphql({ db, schema }));
app.use("/", graphql({ db, schema }));

follow();

export default app;
