/* Saves the whole map of answers with a growing number, one request at a time.

   ``stored`` is what the server held when it wrote the page: what was chosen before this
   script ran is sent like any other choice. The source is asked for the content at the
   moment of sending, so a newer choice never waits behind an older one. A content that was sent and not acknowledged keeps its
   number, so that the server knows a repeat. An outbox kept on the device would wrap
   `source` and listen to the same events. */

const QUIET_MS = 600;
const LONGEST_WAIT_MS = 3000;
const REQUEST_MS = 15000;
const FIRST_RETRY_MS = 1000;
const LONGEST_RETRY_MS = 20000;
const FINAL = { 401: "signed-out", 403: "signed-out", 404: "signed-out" };

export class Saver extends EventTarget {
  constructor({ url, token, seq, stored, source }) {
    super();
    Object.assign(this, { url, token, seq, source });
    this.acknowledged = JSON.stringify(stored);
    this.sent = null;
    this.failures = 0;
    this.isSending = false;
    this.isEnded = false;
  }

  get isDirty() {
    return !this.isEnded && JSON.stringify(this.source()) !== this.acknowledged;
  }

  /** Something was chosen: save when the person pauses, at the latest after 3 s. */
  changed() {
    if (this.isEnded) return;
    const now = Date.now();
    this.waitingSince ??= now;
    const wait = Math.min(QUIET_MS, this.waitingSince + LONGEST_WAIT_MS - now);
    this.later(Math.max(0, wait));
    this.tell("saving");
  }

  later(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), wait);
  }

  /** Send at once; resolves true when everything on the page is acknowledged. */
  async flush() {
    clearTimeout(this.timer);
    while (this.isSending) await new Promise((resolve) => setTimeout(resolve, 50));
    if (this.isDirty) await this.send();
    return !this.isDirty;
  }

  /** The page is going away: one last request that outlives it. */
  leave() {
    if (this.isDirty) fetch(this.url, this.request(this.numbered(), { keepalive: true })).catch(() => {});
  }

  /** The content with its number: the same number while the same content is on its way. */
  numbered() {
    const content = JSON.stringify(this.source());
    if (content !== this.sent) {
      this.sent = content;
      this.seq += 1;
    }
    return { seq: this.seq, ...JSON.parse(content) };
  }

  request(body, options) {
    return {
      method: "PUT",
      headers: { "Content-Type": "application/json", "X-Attempt-Token": this.token },
      body: JSON.stringify(body),
      credentials: "same-origin",
      ...options,
    };
  }

  async send() {
    if (this.isEnded || this.isSending) return;
    if (!this.isDirty) return this.settled();
    this.isSending = true;
    this.waitingSince = undefined;
    const body = this.numbered();
    const content = this.sent;
    const started = Date.now();
    try {
      const signal = AbortSignal.timeout(REQUEST_MS);
      const answer = await fetch(this.url, this.request(body, { signal }));
      await this.answered(answer, content, started);
    } catch (error) {
      if (error instanceof SyntaxError || error instanceof TypeError || error.name === "TimeoutError") {
        this.failed();
      } else throw error;
    } finally {
      this.isSending = false;
    }
    if (this.isDirty && this.failures === 0) this.later(QUIET_MS);
  }

  async answered(answer, content, started) {
    if (answer.ok) {
      const saved = await answer.json();
      this.acknowledged = content;
      this.failures = 0;
      this.tell("saved", { ...saved, roundTrip: Date.now() - started, isAll: !this.isDirty });
    } else if (answer.status === 409) {
      const refusal = await answer.json();
      this.end(refusal.code === "stale" ? "moved" : refusal.code);
    } else if (answer.status in FINAL) {
      this.end(FINAL[answer.status]);
    } else {
      this.failed(Number(answer.headers.get("Retry-After")) * 1000);
    }
  }

  /** What was chosen is back at what the server holds: nothing is to be sent. */
  settled() {
    this.waitingSince = undefined;
    this.tell("settled");
  }

  /** Try again with a growing, jittered pause; the person may go on answering. */
  failed(asked = 0) {
    const pause = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** this.failures);
    this.failures += 1;
    this.tell("failed", { failures: this.failures });
    this.later(Math.max(asked, pause * (0.5 + Math.random())));
  }

  /** The server takes nothing more from this page: ``moved``, ``closed``, ``late``... */
  end(reason) {
    this.stop();
    this.tell("ended", { reason });
  }

  /** Another way of sending takes over: be silent. */
  stop() {
    this.isEnded = true;
    clearTimeout(this.timer);
  }

  tell(type, detail = {}) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
