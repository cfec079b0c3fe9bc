/* Items marked to look at again: kept by this tab alone, never sent. */

export class Flags {
  constructor(form, key) {
    this.key = `flags ${key}`;
    this.boxes = [...form.querySelectorAll("[data-flag]")];
    this.marked = new Set(this.load());
    for (const box of this.boxes) {
      box.checked = this.marked.has(box.dataset.flag);
      box.closest(".flag").hidden = false;
    }
  }

  has(token) {
    return this.marked.has(token);
  }

  onChange(listener) {
    for (const box of this.boxes) {
      box.addEventListener("change", () => {
        this.marked = new Set(this.boxes.filter((one) => one.checked).map((one) => one.dataset.flag));
        this.store();
        listener();
      });
    }
  }

  /** A browser may forbid storage; the marks then last as long as the page. */
  load() {
    try {
      return JSON.parse(sessionStorage.getItem(this.key)) ?? [];
    } catch {
      return [];
    }
  }

  store() {
    try {
      sessionStorage.setItem(this.key, JSON.stringify([...this.marked]));
    } catch {
      return;
    }
  }
}
