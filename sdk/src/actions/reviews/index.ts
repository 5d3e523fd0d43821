export * from "./canReview.ts";
export * from "./fetchText.ts";
export * from "./getRating.ts";
export * from "./getScore.ts";
export * from "./listReviews.ts";
export * from "./reply.ts";
export * from "./review.ts";
export * from "./withdraw.ts";
