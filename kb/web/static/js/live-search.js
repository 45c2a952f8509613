/* Search while typing: the same page is fetched and its results are put in place. Without JavaScript, Enter does it.
   The box keeps focus and caret, because it stands outside of what is replaced; so does the count that is announced. */

const WAIT = 250;

/* Gives what was focused inside the old results its like in the new ones, or the box. */
function keepFocus(held, results, box) {
  if (!held) return;
  const same = held.href ? [...results.querySelectorAll("a")].find((each) => each.href === held.href) : null;
  (same ?? box).focus({ preventScroll: true });
}

function replaceResults(page, fresh, box) {
  const [before, after] = [page.getElementById("results"), fresh.getElementById("results")];
  if (!before || !after) return false;
  const held = before.contains(page.activeElement) ? page.activeElement : null;
  before.replaceWith(after);
  keepFocus(held, after, box);
  const [told, tell] = [page.getElementById("results-count"), fresh.getElementById("results-count")];
  if (told && tell && told.textContent !== tell.textContent) told.textContent = tell.textContent;
  page.title = fresh.title;
  return true;
}

export function searchWhileTyping(page, replaced = () => {}) {
  const form = page.querySelector("form[data-live]");
  const box = form?.querySelector("input[type=search]");
  if (!box) return;
  let timer = 0;
  let running = null;

  const show = async () => {
    const address = new URL(form.action);
    address.search = new URLSearchParams(new FormData(form)).toString();
    running?.abort();
    const mine = new AbortController();
    running = mine;
    page.getElementById("results")?.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address, { signal: mine.signal, credentials: "same-origin" });
      if (!answer.ok || answer.redirected) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (running !== mine || !replaceResults(page, fresh, box)) return;
      history.replaceState(null, "", address);
      replaced();
    } catch (problem) {
      if (problem.name !== "AbortError") return;
    } finally {
      if (running === mine) page.getElementById("results")?.removeAttribute("aria-busy");
    }
  };

  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(show, WAIT);
  });
  form.querySelector("select")?.addEventListener("change", show);
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    running?.abort();
  });
}
