import type { IncomingHttpHeaders } from "node:http";
import type { Dispatcher } from "undici";
import type { Connection } from "./connection.ts";
import { answerHead, declaredBytes, type AnswerHead } from "./answer.ts";
import { describeError, Interruption, type ExchangeFailure } from "./failure.ts";
import { letGo } from "./garbage.ts";
import type { Route } from "./network.ts";

/** One GET as it goes over the wire. */
export interface ExchangeRequest {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
}

/** Who gets an answer; neither function throws or waits. */
export interface BodySink {
  /** Called with the final head. */
  begin(head: AnswerHead): "read" | "skip";
  /** The bytes are the receiver's only until it returns. */
  write(bytes: Uint8Array): "more" | "stop";
}

/** What an exchange runs over, and what bounds it. */
export interface ExchangeOptions {
  readonly route: Route;
  /** Until the answer's head is there. */
  readonly answerTimeoutMs: number;
  /** A body that brings fewer than `idleBytes` in so many milliseconds has stalled. */
  readonly idleTimeoutMs: number;
  readonly idleBytes: number;
  /** Its reason, an `Interruption`, becomes the failure. */
  readonly signal: AbortSignal;
}

/** What became of one exchange. */
export interface Exchange {
  /** Null where no answer began. */
  readonly head: AnswerHead | null;
  /** What brought the answer. */
  readonly connection: Connection | null;
  /** `complete`: the end of the body was seen (or skipped, as the sink wished). `stopped`: the sink had enough. */
  readonly ending: "complete" | "stopped" | ExchangeFailure;
}

/** A skipped body that is no longer than this is read to its end, so that its connection can be used again. */
const DRAIN_BYTES = 64 * 1024;

/** Asks once, and hands the body on as it comes, in bytes of the wire. */
export function exchange(
  request: ExchangeRequest,
  sink: BodySink,
  options: ExchangeOptions,
): Promise<Exchange> {
  const { signal } = options;
  if (signal.aborted)
    return Promise.resolve({ head: null, connection: null, ending: describeError(signal.reason) });
  return new Promise((resolve) => {
    const { url, headers } = request;
    const course = new Course(sink, options, resolve);
    const path = `${url.pathname}${url.search}`;
    try {
      options.route.dispatcher.dispatch({ origin: url.origin, path, method: "GET", headers }, course);
    } catch (error) {
      course.end(describeError(error));
    }
  });
}

/** The course of one exchange: undici calls it, timers and the signal interrupt it, and it ends once. */
class Course implements Dispatcher.DispatchHandler {
  readonly #sink: BodySink;
  readonly #options: ExchangeOptions;
  readonly #resolve: (exchange: Exchange) => void;
  readonly #onAbort = (): void => this.#interrupt(this.#options.signal.reason);
  #controller: Dispatcher.DispatchController | null = null;
  #timer: NodeJS.Timeout;
  #head: AnswerHead | null = null;
  #connection: Connection | null = null;
  #mode: "read" | "skip" = "skip";
  #readBytes = 0;
  #hasEnded = false;

  constructor(sink: BodySink, options: ExchangeOptions, resolve: (exchange: Exchange) => void) {
    this.#sink = sink;
    this.#options = options;
    this.#resolve = resolve;
    this.#timer = setTimeout(
      () => this.#interrupt(new Interruption("answer-timeout", true)),
      options.answerTimeoutMs,
    );
    options.signal.addEventListener("abort", this.#onAbort);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    // What ended while the connection was made must not be asked any more.
    if (this.#hasEnded) controller.abort(new Interruption("ended", false));
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    if (status < 200 || this.#hasEnded) return;
    this.#head = answerHead(status, headers);
    this.#connection = this.#options.route.connectionNow();
    this.#mode = this.#sink.begin(this.#head);
    if (this.#mode === "skip" && (declaredBytes(this.#head) ?? Infinity) > DRAIN_BYTES)
      return this.#stop("complete");
    clearTimeout(this.#timer);
    this.#watch();
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#hasEnded) return;
    this.#readBytes += chunk.length;
    letGo(chunk.length);
    if (this.#mode === "skip") {
      if (this.#readBytes > DRAIN_BYTES) this.#stop("complete");
    } else if (this.#sink.write(chunk) === "stop") {
      this.#stop("stopped");
    }
  }

  onResponseEnd(): void {
    this.end("complete");
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    // Of a body that nobody wants the end does not matter.
    this.end(this.#head !== null && this.#mode === "skip" ? "complete" : describeError(error));
  }

  /** Ends the exchange; what comes later is not heard. */
  end(ending: Exchange["ending"]): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    clearTimeout(this.#timer);
    this.#options.signal.removeEventListener("abort", this.#onAbort);
    this.#resolve({ head: this.#head, connection: this.#connection, ending });
  }

  #watch(): void {
    const { idleTimeoutMs, idleBytes } = this.#options;
    let seenBytes = 0;
    this.#timer = setInterval(() => {
      if (this.#readBytes - seenBytes < idleBytes) this.#interrupt(new Interruption("idle", true));
      seenBytes = this.#readBytes;
    }, idleTimeoutMs);
  }

  #stop(ending: "complete" | "stopped"): void {
    this.end(ending);
    this.#controller?.abort(new Interruption("stopped", false));
  }

  #interrupt(reason: unknown): void {
    if (this.#hasEnded) return;
    this.end(this.#head !== null && this.#mode === "skip" ? "complete" : describeError(reason));
    this.#controller?.abort(reason instanceof Error ? reason : new Interruption("ended", false));
  }
}
