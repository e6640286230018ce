import { setTimeout as sleep } from "node:timers/promises";
import { backOffMs } from "@imagegate/forge";
import type { AnswerHead } from "./answer.ts";
import { Body } from "./body.ts";
import type { BodySink } from "./exchange.ts";
import { describeError, Interruption, type ExchangeFailure } from "./failure.ts";
import { follow, type Followed } from "./follow.ts";
import { rangeHeaders, wholeOfRest, type Part } from "./range.ts";
import { inviteRetry } from "./retry.ts";
import type { Transfer, TransferEnd, TransferOptions, TransferRequest } from "./transfer.ts";

type Step =
  TransferEnd | { readonly kind: "again"; readonly last: TransferEnd; readonly waitMs: number | null };

/** How long what follows a body may take to arrive. */
const OVERRUN_WAIT_MS = 50;
const STALLS = new Set(["idle", "answer-timeout"]);
const TIME_LIMITS = new Set(["transfer-timeout", "run-timeout"]);
const HEADERS = { "user-agent": "imagegate", accept: "*/*", "accept-encoding": "identity" };

/**
 * Transfers the bytes of a url, again after transient causes. After a cut it goes on where it stopped when the server
 * can prove that it has the same bytes; what was pieced together and is not what was pinned is fetched anew in one piece.
 */
export async function transfer(request: TransferRequest, options: TransferOptions): Promise<Transfer> {
  const { limits, signal } = options;
  const bound = new AbortController();
  const stop = (): void => bound.abort(signal.reason);
  const timer = setTimeout(
    () => bound.abort(new Interruption("transfer-timeout", false)),
    limits.transferTimeoutMs,
  );
  signal.addEventListener("abort", stop);
  if (signal.aborted) stop();
  try {
    return await new Attempts(request, { ...options, signal: bound.signal }).run();
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", stop);
  }
}

/** Whether time is over. A wait that this ends had a cause, which says more; an end from outside speaks for itself. */
function isOverdue({ aborted, reason }: AbortSignal): boolean {
  return aborted && TIME_LIMITS.has(describeError(reason).cause);
}

/** The attempts at one url, which share a body. */
class Attempts {
  readonly #request: TransferRequest;
  readonly #options: TransferOptions;
  readonly #body: Body;
  #known: TransferRequest["known"];
  #mayResume: boolean;
  #part: Part | null = null;
  /** Whether the current answer brings bytes of the body. */
  #isBody = false;
  #isProxied = false;
  #hasOverrun = false;
  #furthestBytes = 0;
  #fruitless = 0;
  #requests = 0;

  constructor(request: TransferRequest, options: TransferOptions) {
    this.#request = request;
    this.#options = options;
    this.#body = new Body(request);
    this.#known = request.known;
    this.#mayResume = request.matches !== null;
  }

  async run(): Promise<Transfer> {
    const { pacing, signal, limits } = this.#options;
    for (;;) {
      const followed = await this.#ask();
      const { url, head } = followed;
      this.#isProxied ||= followed.isProxied;
      const step = await this.#lookAgain(this.#judge(followed), followed);
      const result = { head, url, body: this.#body, isProxied: this.#isProxied };
      if (step.kind !== "again") return { ...result, end: step, requests: this.#requests };
      this.#countProgress(step.last);
      const waitMs = step.waitMs ?? backOffMs(pacing, Math.max(1, this.#fruitless));
      const isOver = this.#fruitless >= pacing.attempts || this.#requests >= limits.maxRequests;
      if (isOver || waitMs > pacing.maxWaitMs) return { ...result, end: step.last, requests: this.#requests };
      await pacing.sleep(waitMs, signal);
      if (isOverdue(signal)) return { ...result, end: step.last, requests: this.#requests };
    }
  }

  async #ask(): Promise<Followed> {
    const { pacing, limits } = this.#options;
    this.#requests += 1;
    this.#isBody = false;
    this.#part = this.#mayResume ? this.#body.part : null;
    const sink: BodySink = { begin: (head) => this.#begin(head), write: (bytes) => this.#body.write(bytes) };
    return follow(this.#request.url, sink, {
      ...this.#options,
      ...limits,
      answerTimeoutMs: pacing.timeoutMs,
      headersFor: (url) => ({ ...HEADERS, ...this.#conditionsFor(url) }),
    });
  }

  #conditionsFor(url: URL): Readonly<Record<string, string>> {
    if (this.#part !== null) return rangeHeaders(this.#part);
    return this.#isKnownTo(url) ? { "if-none-match": this.#known?.etag ?? "" } : {};
  }

  #isKnownTo(url: URL): boolean {
    return this.#part === null && this.#known?.origin === url.origin;
  }

  #begin(head: AnswerHead): "read" | "skip" {
    const whole = this.#part === null ? null : wholeOfRest(this.#part, head);
    if (whole !== null) this.#body.resume(whole);
    else if (head.status === 200) this.#body.restart(head);
    else return "skip";
    this.#isBody = true;
    return "read";
  }

  #judge({ end, exchange, head, url }: Followed): Step {
    if (end.kind === "refused") return { kind: "refused", refusal: end.refusal };
    if (end.kind === "lost") return { kind: "failed", cause: end.cause, hasBegun: false };
    if (this.#isBody) return this.#judgeBody(exchange?.ending ?? "complete");
    if (head !== null) return this.#judgeStatus(head, url);
    const failure = typeof exchange?.ending === "object" ? exchange.ending : describeError(null);
    const last = { kind: "failed", cause: failure.cause, hasBegun: false } as const;
    return failure.isTransient ? { kind: "again", last, waitMs: null } : last;
  }

  #judgeStatus(head: AnswerHead, url: URL): Step {
    const last = { kind: "status", status: head.status } as const;
    if (head.status === 304 && this.#isKnownTo(url)) return this.#judgeUnchanged(head, last);
    if (this.#part !== null && (head.status === 206 || head.status === 416)) return this.#startOver(last);
    const invitation = inviteRetry(head, this.#options.pacing.now());
    return invitation === null ? last : { kind: "again", last, ...invitation };
  }

  /** A 304 that names another ETag than it was asked for (RFC 9110 §15.4.5) says nothing. */
  #judgeUnchanged({ headers }: AnswerHead, last: TransferEnd): Step {
    if ([undefined, this.#known?.etag].includes(headers["etag"])) return { kind: "unchanged" };
    this.#known = null;
    return { kind: "again", last, waitMs: 0 };
  }

  #judgeBody(ending: "complete" | "stopped" | ExchangeFailure): Step {
    const body = this.#body;
    if (body.hasAnotherSize) return { kind: "another-size" };
    if (body.excess !== null) return { kind: "beyond-limit" };
    if (typeof ending === "object") {
      const last = { kind: "failed", cause: ending.cause, hasBegun: true } as const;
      return ending.isTransient ? { kind: "again", last, waitMs: null } : last;
    }
    const { matches } = this.#request;
    const digests = body.digests();
    const whole = { kind: "whole", digests } as const;
    if (matches?.(digests) === true) return whole;
    const cut = { kind: "failed", cause: "end-unknown", hasBegun: true } as const;
    if (body.isUnfinished) return this.#startOver(cut);
    // Ranges of two versions, or a server that counts wrongly, make bytes that nobody ever published.
    return body.isPieced ? this.#startOver(cut) : whole;
  }

  /** Bytes that nobody expected may be the beginning of a body that is longer than its answer said. */
  async #lookAgain(step: Step, { exchange }: Followed): Promise<Step> {
    if (step.kind !== "whole" || this.#request.matches?.(step.digests) === true) return step;
    await sleep(OVERRUN_WAIT_MS);
    // What once came behind an end may be out of sight the next time, and is as much a part of the body.
    this.#hasOverrun ||= exchange?.connection?.hasOverrun === true;
    if (!this.#hasOverrun) return step;
    return this.#startOver({ kind: "failed", cause: "length-overrun", hasBegun: true });
  }

  /** Asks for the whole from now on, where a rest was not what was wanted. */
  #startOver(last: TransferEnd): Step {
    if (this.#part !== null) this.#furthestBytes = 0;
    this.#mayResume = false;
    return { kind: "again", last, waitMs: null };
  }

  /** A cut that came later than those before costs no patience; a stall costs twice as much, since it took so long. */
  #countProgress(last: TransferEnd): void {
    const isStall = last.kind === "failed" && STALLS.has(last.cause);
    const isProgress = this.#isBody && !isStall && this.#body.receivedBytes > this.#furthestBytes;
    this.#fruitless = isProgress ? 0 : this.#fruitless + (isStall ? 2 : 1);
    this.#furthestBytes = Math.max(this.#furthestBytes, this.#body.receivedBytes);
  }
}
