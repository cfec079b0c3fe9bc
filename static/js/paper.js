/* The paper on the page: what is chosen, what is missing, which item is current. */

export class Paper {
  constructor(form, texts) {
    this.form = form;
    this.texts = texts;
    this.items = [...form.querySelectorAll(".item")];
    this.prediction = form.dataset.prediction === "" ? null : Number(form.dataset.prediction);
  }

  /** The whole map of positions and letters, as the server stores it. */
  responses() {
    const map = {};
    for (const item of this.items) {
      const chosen = [...item.querySelectorAll("input[name]:checked")].map((input) => input.value);
      if (chosen.length > 0) map[item.dataset.item] = chosen;
    }
    return map;
  }

  content() {
    return { responses: this.responses(), prediction: this.prediction };
  }

  onChange(listener) {
    this.form.addEventListener("change", (event) => {
      if (event.target.name?.startsWith("item-")) listener();
    });
  }

  lock() {
    for (const item of this.items) item.disabled = true;
  }

  /** Mark cells, counts and the progress bar after a change. */
  paint(flags) {
    const responses = this.responses();
    const done = Object.keys(responses).length;
    for (const cell of this.form.querySelectorAll("[data-cell]")) {
      this.paintCell(cell, cell.dataset.cell in responses, flags.has(cell.dataset.cell));
    }
    for (const count of this.form.querySelectorAll("[data-count]")) {
      count.textContent = `${done}/${this.items.length}`;
    }
    document.getElementById("progress").setAttribute("width", String(done));
  }

  paintCell(cell, isDone, isFlagged) {
    const { item, done, empty, flagged } = this.texts;
    const words = [`${item} ${cell.dataset.cell}`, isDone ? done : empty];
    if (isFlagged) words.push(flagged);
    cell.classList.toggle("is-done", isDone);
    cell.setAttribute("aria-label", words.join(", "));
    cell.querySelector(".icon")?.remove();
    if (isFlagged) cell.append(icon("flag"));
  }

  current() {
    return this.form.querySelector(".item.is-current") ?? this.items[0];
  }

  /** Make the item of the address current; other fragments leave it as it is. */
  follow(hash) {
    const item = this.items.find((one) => `#${one.id}` === hash);
    if (!item) return;
    this.show(item);
    item.querySelector("legend").focus({ preventScroll: true });
  }

  show(item) {
    for (const one of this.items) one.classList.toggle("is-current", one === item);
    const token = item.dataset.item;
    for (const cell of this.form.querySelectorAll("[data-cell]")) {
      if (cell.dataset.cell === token) cell.setAttribute("aria-current", "step");
      else cell.removeAttribute("aria-current");
    }
    document.getElementById("palette-close").href = `#${item.id}`;
    document.getElementById("where").textContent =
      `${this.texts.item} ${token}/${this.items.length}`;
  }
}

export function icon(name) {
  return document.getElementById(`icon-${name}`).content.firstElementChild.cloneNode(true);
}
