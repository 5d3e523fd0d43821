import { Hono } from "hono";
import { errorResponse, NotFoundError, toHttpError } from "./errors.ts";
import { type AppEnv, httpMiddleware } from "./http.ts";
import { accountRoutes } from "./routes/account.ts";
import { authRoutes } from "./routes/auth.ts";
import { cardRoutes } from "./routes/cards.ts";
import { chatRoutes } from "./routes/chat.ts";
import { contentRoutes } from "./routes/content.ts";
import { healthRoutes } from "./routes/health.ts";
import { historyRoutes } from "./routes/history.ts";
import { knowledgeRoutes } from "./routes/knowledge.ts";
import { modelRoutes } from "./routes/models.ts";
import { notificationRoutes } from "./routes/notifications.ts";
import { operatorRoutes } from "./routes/operator.ts";
import { personaRoutes } from "./routes/personas.ts";
import { privacyRoutes } from "./routes/privacy.ts";
import { profileRoutes } from "./routes/profiles.ts";
import { renewalRoutes } from "./routes/renewals.ts";
import { reportRoutes } from "./routes/reports.ts";
import { sealRoutes } from "./routes/seals.ts";
import { sponsorRoutes } from "./routes/sponsor.ts";
import { tabRoutes } from "./routes/tabs.ts";
import { versionRoutes } from "./routes/versions.ts";
import type { Services } from "./services.ts";

/** Builds the HTTP application over its services; `index.ts` serves it, tests call `app.request()`. */
export function createApp(services: Services): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  for (const middleware of httpMiddleware(services)) app.use(middleware);
  app.route("/", healthRoutes(services));
  app.route("/", operatorRoutes(services));
  app.route("/", modelRoutes(services));
  app.route("/", chatRoutes(services));
  app.route("/", tabRoutes(services));
  app.route("/", sealRoutes(services));
  app.route("/", authRoutes(services));
  app.route("/", personaRoutes(services));
  app.route("/", cardRoutes(services));
  app.route("/", knowledgeRoutes(services));
  app.route("/", profileRoutes(services));
  app.route("/", historyRoutes(services));
  app.route("/", accountRoutes(services));
  app.route("/", notificationRoutes(services));
  app.route("/", versionRoutes(services));
  app.route("/", contentRoutes(services));
  app.route("/", reportRoutes(services));
  app.route("/", renewalRoutes(services));
  app.route("/", sponsorRoutes(services));
  app.route("/", privacyRoutes(services));
  app.notFound(() => errorResponse(new NotFoundError()));
  app.onError((error, context) => {
    const { unexpected } = toHttpError(error);
    if (unexpected) services.log.error({ request: context.get("requestId"), error }, "request failed");
    return errorResponse(error);
  });
  return app;
}
