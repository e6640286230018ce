import { fail, ok, type Result } from "@imagegate/core";
import type { Dispatcher } from "undici";
import type * as z from "zod";
import type { ApiFailure, ForgeName } from "../failure.ts";
import { isBelow } from "./base-url.ts";
import { nextPage } from "./link.ts";
import { backOffMs, type Pacing } from "./pacing.ts";
import type { Redact } from "./redaction.ts";
import { describeRefusal } from "./refusal.ts";
import { judgeOutcome, mayRepeat, type Effect } from "./retry.ts";
import { sendOnce, type HttpAnswer, type HttpOutcome, type HttpRequest } from "./transport.ts";

/** A request, and what it does to the service. */
export interface ApiRequest extends HttpRequest {
  readonly effect: Effect;
}

/** An API that is spoken to with one token. */
export interface Api {
  readonly forge: ForgeName;
  /** Below it lie all addresses that get the token. */
  readonly baseUrl: string;
  readonly dispatcher: Dispatcher;
  readonly redact: Redact;
  readonly pacing: Pacing;
  readonly signal: AbortSignal;
}

const MAX_ANSWER_BYTES = 64 * 1024 * 1024;
const MAX_PAGES = 100;

/** Sends a request, again after transient causes, and parses what comes back. */
export async function callApi<T>(
  api: Api,
  request: ApiRequest,
  schema: z.ZodType<T>,
): Promise<Result<T, ApiFailure>> {
  const answered = await sendPatiently(api, request);
  return answered.ok ? parseAnswer(api, request, answered.value, schema) : answered;
}

/** All pages of a list; one that is too long to be read whole is a failure, never a shorter list. */
export async function callAllPages<T>(
  api: Api,
  request: ApiRequest,
  schema: z.ZodType<readonly T[]>,
): Promise<Result<readonly T[], ApiFailure>> {
  const items: T[] = [];
  let page: ApiRequest = request;
  for (let count = 1; count <= MAX_PAGES; count += 1) {
    const answered = await sendPatiently(api, page);
    if (!answered.ok) return answered;
    const parsed = parseAnswer(api, page, answered.value, schema);
    if (!parsed.ok) return parsed;
    items.push(...parsed.value);
    const next = nextPage(answered.value.headers["link"]);
    if (next === null) return ok(items);
    if (!isBelow(api.baseUrl, next)) return refuse(api, page, `a next page below ${api.baseUrl}`);
    page = { ...request, url: next };
  }
  return refuse(api, request, `at most ${MAX_PAGES} pages`);
}

/** Waits before another try of something that took several requests. */
export async function pause({ pacing, signal }: Api, attempts: number): Promise<void> {
  await pacing.sleep(backOffMs(pacing, attempts), signal);
}

async function sendPatiently(api: Api, request: ApiRequest): Promise<Result<HttpAnswer, ApiFailure>> {
  const { pacing, signal } = api;
  const { effect, ...http } = request;
  const options = { ...api, timeoutMs: pacing.timeoutMs, maxBytes: MAX_ANSWER_BYTES };
  for (let attempts = 1; ; attempts += 1) {
    const outcome = await sendOnce(http, options);
    const verdict = judgeOutcome(outcome, pacing.now());
    if (verdict.kind === "final") return conclude(api, request, outcome);
    const waitMs = verdict.waitMs ?? backOffMs(pacing, attempts);
    const isOver = attempts >= pacing.attempts || waitMs > pacing.maxWaitMs;
    if (isOver || !mayRepeat(outcome, verdict, effect)) {
      const asked = { forge: api.forge, request: nameRequest(request) };
      if (verdict.isRateLimit) return fail({ reason: "api-rate-limited", ...asked, waitMs: verdict.waitMs });
      return fail({ reason: "api-unavailable", ...asked, attempts, found: describeOutcome(outcome) });
    }
    await pacing.sleep(waitMs, signal);
    if (signal.aborted) return fail({ reason: "cancelled" });
  }
}

/** What an outcome means that no other attempt would change. */
function conclude(api: Api, request: ApiRequest, outcome: HttpOutcome): Result<HttpAnswer, ApiFailure> {
  const asked = { forge: api.forge, request: nameRequest(request) };
  switch (outcome.kind) {
    case "answered":
      return outcome.answer.status >= 200 && outcome.answer.status < 300
        ? ok(outcome.answer)
        : fail(describeRefusal(asked, outcome.answer));
    case "cancelled":
      return fail({ reason: "cancelled" });
    case "failed":
      return fail({ reason: "api-unreachable", ...asked, code: outcome.code });
    case "too-large":
      return refuse(api, request, `at most ${outcome.limitBytes} bytes`);
    case "timed-out":
      throw new TypeError("a time-out is transient");
  }
}

function parseAnswer<T>(
  api: Api,
  request: ApiRequest,
  { text }: HttpAnswer,
  schema: z.ZodType<T>,
): Result<T, ApiFailure> {
  let value: unknown;
  try {
    value = text === "" ? null : JSON.parse(text);
  } catch {
    return refuse(api, request, "JSON");
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return ok(parsed.data);
  const [issue] = parsed.error.issues;
  return refuse(
    api,
    request,
    `${issue?.path.join(".") || "the answer"}: ${issue?.message ?? "another shape"}`,
  );
}

function refuse(api: Api, request: ApiRequest, expected: string): Result<never, ApiFailure> {
  return fail({ reason: "api-answer", forge: api.forge, request: nameRequest(request), expected });
}

function describeOutcome(outcome: HttpOutcome): string {
  switch (outcome.kind) {
    case "answered":
      return `status ${outcome.answer.status}`;
    case "failed":
      return outcome.code;
    case "timed-out":
      return `no answer in ${outcome.timeoutMs / 1000} s`;
    case "too-large":
    case "cancelled":
      return outcome.kind;
  }
}

function nameRequest({ method, url }: HttpRequest): string {
  return `${method} ${url.replace(/\?.*$/s, "")}`;
}
