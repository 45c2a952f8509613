/* A box above a long list that hides what does not match: `<input data-filters="ID of the list">`.
   Each item is matched by its text and by `data-words` (synonyms). The box is in the page but hidden without JavaScript. */

const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/* Of an item with others under it all their words count, so that it stays where one of them does. */
const saidIn = (item) => [item, ...item.querySelectorAll("[data-words]")].reduce((said, each) => `${said} ${each.dataset.words ?? ""}`, item.textContent);

export function filterLists(page) {
  for (const box of page.querySelectorAll("[data-filters]")) {
    const list = page.getElementById(box.dataset.filters);
    if (!list) continue;
    const items = [...list.querySelectorAll("li")].map((item) => [item, fold(saidIn(item))]);
    const groups = [...list.querySelectorAll("[data-group]")];
    box.closest("[hidden]")?.removeAttribute("hidden");
    box.addEventListener("input", () => {
      const wanted = fold(box.value.trim());
      for (const [item, words] of items) item.hidden = !words.includes(wanted);
      for (const group of groups) group.hidden = !group.querySelector("li:not([hidden])");
    });
  }
}
