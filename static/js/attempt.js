/* The attempt page. Without this script the page is a plain form that saves on submit. */

import { Flags } from "./flags.js";
import { Paper } from "./paper.js";
import { Saver } from "./saver.js";
import { readTexts, sit, stored } from "./sitting.js";

const form = document.getElementById("paper");
const texts = readTexts();
const paper = new Paper(form, texts);
const flags = new Flags(form, form.dataset.key);
const saver = new Saver({
  url: form.dataset.url,
  token: form.dataset.token,
  seq: Number(form.dataset.seq),
  stored: { responses: stored("responses"), prediction: paper.prediction },
  source: () => paper.content(),
});

const { notices } = sit({
  saver,
  texts,
  receipt: form.dataset.receipt,
  lock: () => paper.lock(),
});

paper.onChange(() => {
  paper.paint(flags);
  saver.changed();
});
flags.onChange(() => paper.paint(flags));
paper.paint(flags);
paper.show(paper.current());
paper.follow(location.hash);
if (saver.isDirty) saver.changed();
addEventListener("hashchange", () => paper.follow(location.hash));
form.addEventListener("focusin", (event) => {
  const item = event.target.closest(".item");
  if (item) paper.show(item);
});
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (await saver.flush()) location.href = form.dataset.check;
  else if (!saver.isEnded) notices.show("leave", texts.leave, { kind: "notice-warn" });
});
