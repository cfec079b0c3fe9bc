/* Text as people type it: lower case, without marks, đ as d. */

export function searchKey(text) {
  return text
    .toLowerCase()
    .replaceAll("đ", "d")
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .trim();
}
