/* A field above a long list of units that leaves only those that match what is typed.
   Without this script the list is a plain one, grouped by kind. */

import { searchKey } from "./text.js";

function groupsOf(select) {
  return [...select.children].map((child) => ({
    node: child,
    options: child.tagName === "OPTGROUP" ? [...child.children] : [],
  }));
}

function show(select, groups, text) {
  const words = searchKey(text).split(/\s+/);
  for (const { node, options } of groups) {
    const kept = options.filter((option) =>
      words.every((word) => searchKey(option.textContent).includes(word)),
    );
    node.replaceChildren(...kept);
    node.hidden = options.length > 0 && kept.length === 0;
  }
}

function enhance(select) {
  const groups = groupsOf(select);
  const field = document.createElement("input");
  field.type = "search";
  field.id = `${select.id}_filter`;
  field.placeholder = select.dataset.filter;
  field.setAttribute("aria-label", select.dataset.filter);
  field.autocomplete = "off";
  field.addEventListener("input", () => {
    show(select, groups, field.value);
    const all = [...select.querySelectorAll("optgroup option")];
    if (all.length === 1) all[0].selected = true;
  });
  select.before(field);
}

document.querySelectorAll("select[data-filter]").forEach(enhance);
