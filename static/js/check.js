/* The check page: the prediction is saved as it is typed; submitting stays a plain form. */

import { Saver } from "./saver.js";
import { readTexts, sit } from "./sitting.js";

const form = document.getElementById("check");
const texts = readTexts();
const field = document.getElementById("prediction");
const stored = JSON.parse(document.getElementById("responses").textContent);

function prediction() {
  const digits = (field?.value ?? "").replace(/[\s.,]/g, "");
  return /^\d{1,9}$/.test(digits) ? Number(digits) : null;
}

const saver = new Saver({
  url: form.dataset.url,
  token: form.dataset.token,
  seq: Number(form.dataset.seq),
  source: () => ({ responses: stored, prediction: prediction() }),
});

sit({
  saver,
  texts,
  receipt: form.dataset.receipt,
  lock: () => form.querySelectorAll("button, input").forEach((one) => (one.disabled = true)),
});

field?.addEventListener("input", () => saver.changed());
form.addEventListener("submit", (event) => {
  form.querySelector("[name=seq]").value = String(saver.seq + 1);
  saver.stop();
  if (event.submitter?.id === "submit") {
    setTimeout(() => (event.submitter.disabled = true));
  }
});
