/* The time left, by the server's clock: the device's clock may be wrong, sleep or jump.

   The offset is measured when the page loads and corrected by every answer; the wait
   of a request is split in half. */

import { icon } from "./paper.js";

const LOW_MS = 5 * 60 * 1000;
const LAST_MS = 60 * 1000;
const SPOKEN_MINUTES = [10, 5, 1];

export class Timer extends EventTarget {
  constructor(button, texts, spoken) {
    super();
    Object.assign(this, { button, texts, spoken });
    this.face = document.getElementById("time");
    this.deadline = Date.parse(button.dataset.deadline);
    this.offset = Date.parse(button.dataset.now) - Date.now();
    this.isHidden = false;
    this.said = new Set(SPOKEN_MINUTES.filter((minutes) => minutes * LAST_MS > this.left));
    button.addEventListener("click", () => this.toggle());
    this.tick();
    this.interval = setInterval(() => this.tick(), 500);
  }

  get left() {
    return this.deadline - (Date.now() + this.offset);
  }

  /** An answer tells the server's time and the deadline, which may have moved. */
  correct({ server_time: serverTime, deadline, roundTrip }) {
    this.offset = Date.parse(serverTime) + roundTrip / 2 - Date.now();
    this.deadline = Date.parse(deadline);
    this.tick();
  }

  toggle() {
    this.isHidden = !this.isHidden && this.left > LAST_MS;
    this.tick();
  }

  tick() {
    const left = Math.max(0, this.left);
    if (left <= LAST_MS) this.isHidden = false;
    this.button.classList.toggle("is-low", left <= LOW_MS && left > LAST_MS);
    this.button.classList.toggle("is-last", left <= LAST_MS);
    this.write(left);
    this.speak(left);
    if (left === 0) {
      clearInterval(this.interval);
      this.dispatchEvent(new Event("timeup"));
    }
  }

  write(left) {
    const text = this.isHidden ? this.texts.show : clockFace(left);
    if (text === this.written) return;
    this.written = text;
    this.face.textContent = text;
    const look = this.isHidden ? "eye" : left <= LAST_MS ? "warn" : "clock";
    if (look !== this.look) {
      this.look = look;
      this.button.querySelector(".icon").replaceWith(icon(look));
    }
    document.getElementById("timer-name").textContent = this.isHidden ? "" : `${this.texts.hide} `;
  }

  /** Say the time politely at 10, 5 and 1 minutes, once each. */
  speak(left) {
    for (const minutes of SPOKEN_MINUTES) {
      if (left <= minutes * LAST_MS && !this.said.has(minutes)) {
        this.said.add(minutes);
        this.spoken.textContent =
          minutes === 1 ? this.texts.lastMinute : this.texts.minutes.replace("#", String(minutes));
      }
    }
  }
}

export function clockFace(milliseconds) {
  const seconds = Math.ceil(milliseconds / 1000);
  const parts = [Math.floor(seconds / 60) % 60, seconds % 60];
  if (seconds >= 3600) parts.unshift(Math.floor(seconds / 3600));
  return parts.map((part) => String(part).padStart(2, "0")).join(":");
}
