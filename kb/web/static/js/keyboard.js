/* Keys for reading: `/` goes to the search box, as in many reading tools; from there the arrow keys go through the results.
   Never while somebody is typing something that the key belongs to, and never with a modifier. */

const TYPING = "input, textarea, select, [contenteditable]";
const RESULT = "#results .result__title > a";

const plain = (event) => !(event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey);

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

/* Down from the box when the caret is at the end of its words, where the key would move nothing; then from result to result.
   Up from the first one, and Escape from any, lead back to the box. Tab goes through all links as ever. */
export function moveBetweenResults(page) {
  const box = page.querySelector("form[data-live] input[type=search]");
  if (!box) return;
  box.setAttribute("aria-describedby", "search-keys");

  const next = (target, step) => {
    const results = [...page.querySelectorAll(RESULT)];
    const here = results.findIndex((each) => each.closest(".result").contains(target));
    return here + step < 0 ? box : results[here + step];
  };

  page.addEventListener("keydown", (event) => {
    const inBox = event.target === box;
    const inResult = event.target instanceof Element && event.target.closest("#results .result") !== null;
    if (!plain(event) || !(inBox || inResult)) return;
    const atEnd = box.selectionStart === box.selectionEnd && box.selectionEnd === box.value.length;
    const selected = box.selectionStart === 0 && box.selectionEnd === box.value.length;
    let goal = null;
    if (event.key === "ArrowDown" && (inResult || atEnd || selected)) goal = next(event.target, 1);
    if (event.key === "ArrowUp" && inResult) goal = next(event.target, -1);
    if (event.key === "Escape" && inResult) goal = box;
    if (!goal) return;
    event.preventDefault();
    goal.focus();
    if (goal !== box) goal.closest(".result").scrollIntoView({ block: "nearest" });
  });
}
