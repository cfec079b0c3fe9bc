/* The check page: the prediction is saved as it is typed; submitting stays a plain form. */

import { Saver } from "./saver.js";
import { readTexts, sit, stored } from "./sitting.js";

const form = document.getElementById("check");
const texts = readTexts();
const field = document.getElementById("prediction");
const responses = stored("responses");

function prediction(text) {
  const digits = text.replace(/[\s.,]/g, "");
  return /^\d{1,9}$/.test(digits) ? Number(digits) : null;
}

const saver = new Saver({
  url: form.dataset.url,
  token: form.dataset.token,
  seq: Number(form.dataset.seq),
  stored: { responses, prediction: prediction(field?.defaultValue ?? "") },
  source: () => ({ responses, prediction: prediction(field?.value ?? "") }),
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
