/* What both writing pages share: the saver's events in words, and time running out. */

import { Notices, SavingState, link, submitButton } from "./notices.js";
import { Timer } from "./timer.js";

const OFFLINE_AFTER = 2;

export function readTexts() {
  return { ...document.getElementById("texts").dataset };
}

/** What the server wrote into the page as JSON, under an id. */
export function stored(id) {
  return JSON.parse(document.getElementById(id).textContent);
}

/** Wire a saver to the page; ``lock`` closes the fields when nothing more is taken. */
export function sit({ saver, texts, receipt, lock }) {
  const state = new SavingState(document.getElementById("saving"), texts);
  const notices = new Notices(document.getElementById("notices"));
  const spoken = document.getElementById("spoken");
  const timer = new Timer(document.getElementById("timer"), texts, spoken);

  saver.addEventListener("saving", () => state.saving());
  saver.addEventListener("saved", ({ detail }) => {
    timer.correct(detail);
    if (notices.node.querySelector('[data-notice="offline"]')) {
      notices.hide("offline");
      notices.show("online", texts.online, { kind: "notice-good", look: "check" });
    }
    if (detail.isAll) {
      state.saved(detail.saved_at);
      notices.hide("leave");
    }
  });
  saver.addEventListener("settled", () => state.settled());
  saver.addEventListener("failed", ({ detail }) => {
    state.waiting();
    notices.hide("online");
    if (detail.failures >= OFFLINE_AFTER) {
      notices.show("offline", texts.offline, { kind: "notice-warn" });
    }
  });
  saver.addEventListener("ended", ({ detail }) => {
    lock();
    state.failed();
    tellEnd(detail.reason, notices, texts, receipt);
  });
  timer.addEventListener("timeup", async () => {
    lock();
    await saver.flush();
    tellEnd("late", notices, texts, receipt);
    spoken.textContent = texts.timeUp;
  });
  leaveSafely(saver, texts);
  return { notices, timer };
}

function tellEnd(reason, notices, texts, receipt) {
  if (reason === "late" || reason === "closed") {
    const text = reason === "late" ? texts.timeUp : texts.closed;
    notices.show("end", text, { look: "clock", action: link(receipt, texts.seeReceipt) });
  } else {
    const text = reason === "moved" ? texts.moved : texts.signedOut;
    const action = submitButton("take-over", texts.here);
    notices.show("end", text, { kind: "notice-warn", action });
  }
  notices.node.scrollIntoView({ block: "nearest" });
}

function leaveSafely(saver, texts) {
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
  addEventListener("pagehide", () => saver.leave());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") saver.leave();
  });
  addEventListener("beforeunload", (event) => {
    if (saver.isDirty && saver.failures > 0) {
      event.preventDefault();
      event.returnValue = texts.leave;
    }
  });
}
