/* `/` goes to the search box, as in many reading tools; never while somebody is typing. */

const TYPING = "input, textarea, select, [contenteditable]";

export function focusSearchBySlash(page) {
  page.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target instanceof Element && event.target.closest(TYPING)) return;
    const box = page.querySelector("main input[type=search]") ?? page.querySelector("input[type=search]");
    if (!box) return;
    event.preventDefault();
    box.focus();
    box.select();
  });
}
