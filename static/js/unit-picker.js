/* A field above a long list of units that leaves only those that match what is typed:
   the words as they stand, or else, where no unit has them so, each word anywhere.
   Without this script the list is a plain one, grouped by kind. */

import { searchKey } from "./text.js";

/** The options of a list without its first, which stands for "none chosen". */
function unitsOf(select) {
  return [...select.options].slice(1).map((option) => ({
    option,
    key: searchKey(option.textContent),
    group: option.closest("optgroup"),
  }));
}

function matching(units, text) {
  const words = searchKey(text).split(/\s+/);
  const having = (parts) =>
    units.filter(({ key }) => parts.every((part) => key.includes(part)));
  const together = having([words.join(" ")]);
  return together.length > 0 ? together : having(words);
}

/** Browsers of phones show hidden options: what does not match is taken out. */
function show(first, units, matches) {
  for (const { option } of units) option.remove();
  first.after(...matches.filter(({ group }) => !group).map(({ option }) => option));
  for (const group of new Set(units.map((unit) => unit.group))) {
    if (!group) continue;
    group.append(...matches.filter((unit) => unit.group === group).map(({ option }) => option));
    group.hidden = group.children.length === 0;
  }
}

function enhance(select) {
  const units = unitsOf(select);
  const first = select.options[0];
  const asked = first.textContent;
  const field = document.createElement("input");
  field.type = "search";
  field.id = `${select.id}_filter`;
  field.placeholder = select.dataset.filter;
  field.setAttribute("aria-label", select.dataset.filter);
  field.autocomplete = "off";
  field.addEventListener("input", () => {
    const chosen = select.selectedOptions[0];
    const matches = matching(units, field.value);
    show(first, units, matches);
    first.textContent = matches.length > 0 ? asked : select.dataset.none;
    const only = matches.length === 1 ? matches[0].option : null;
    (only ?? (chosen?.isConnected ? chosen : first)).selected = true;
  });
  select.before(field);
}

document.querySelectorAll("select[data-filter]").forEach(enhance);
