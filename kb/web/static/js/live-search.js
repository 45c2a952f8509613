/* Search while typing: the same page is fetched and its results are put in place. Without JavaScript, Enter does it. */

const WAIT = 250;

export function searchWhileTyping(page) {
  const form = page.querySelector("form[data-live]");
  const box = form?.querySelector("input[type=search]");
  if (!box) return;
  let timer = 0;
  let running = null;

  const show = async () => {
    const address = new URL(form.action);
    address.search = new URLSearchParams(new FormData(form)).toString();
    running?.abort();
    running = new AbortController();
    try {
      const answer = await fetch(address, { signal: running.signal, credentials: "same-origin" });
      if (!answer.ok || answer.redirected) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      const results = fresh.getElementById("results");
      if (!results) return;
      page.getElementById("results").replaceWith(results);
      history.replaceState(null, "", address);
    } catch (problem) {
      if (problem.name !== "AbortError") return;
    }
  };

  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(show, WAIT);
  });
  form.querySelector("select")?.addEventListener("change", show);
}
