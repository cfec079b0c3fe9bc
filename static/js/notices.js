/* What the page says: the saving state, and at most one notice a kind. */

import { icon } from "./paper.js";

export class SavingState {
  constructor(node, texts) {
    Object.assign(this, { node, texts });
    this.hasSaved = node.classList.contains("state-good");
  }

  saving() {
    this.write("busy", this.texts.saving, "");
  }

  saved(moment) {
    this.write("check", this.texts.saved, "state-good");
    this.node.title = `${this.texts.savedAt} ${new Date(moment).toLocaleTimeString("vi-VN")}`;
    this.hasSaved = true;
  }

  /** Nothing waits to be saved: what stood there before anything was chosen. */
  settled() {
    if (this.hasSaved) this.write("check", this.texts.saved, "state-good");
    else this.clear();
  }

  clear() {
    this.written = undefined;
    this.node.className = "state";
    this.node.replaceChildren();
  }

  waiting() {
    this.write("warn", this.texts.waiting, "state-warn");
  }

  failed() {
    this.write("cross", this.texts.failed, "state-bad");
  }

  write(look, text, kind) {
    if (text === this.written) return;
    this.written = text;
    this.node.className = `state ${kind}`.trim();
    this.node.replaceChildren(icon(look), text);
  }
}

export class Notices {
  constructor(node) {
    this.node = node;
  }

  /** Show one notice under a name; the same name replaces it. */
  show(name, text, { kind = "", look = "warn", action = null } = {}) {
    this.hide(name);
    const notice = document.createElement("p");
    notice.className = `notice ${kind}`.trim();
    notice.dataset.notice = name;
    const words = document.createElement("span");
    words.append(text);
    if (action) words.append(" ", action);
    notice.append(icon(look), words);
    this.node.append(notice);
  }

  hide(name) {
    this.node.querySelector(`[data-notice="${name}"]`)?.remove();
  }
}

export function link(href, text) {
  const node = document.createElement("a");
  node.href = href;
  node.textContent = text;
  return node;
}

export function submitButton(form, text) {
  const node = document.createElement("button");
  node.className = "button";
  node.setAttribute("form", form);
  node.textContent = text;
  return node;
}
