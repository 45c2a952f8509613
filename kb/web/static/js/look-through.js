/* What the checks find, told while somebody writes: the text of one field is sent, looked through and forgotten, and the
   answer stands below the field. Without this the same is shown after each save. */

const WAIT = 900;

async function lookThrough(field, form, running) {
  const token = form.querySelector("input[name=csrf_token]").value;
  const body = new URLSearchParams({ csrf_token: token, text: field.value, language: form.dataset.language });
  const answer = await fetch(form.dataset.checkAt, { method: "POST", body, signal: running.signal, credentials: "same-origin" });
  if (!answer.ok || answer.redirected) return null;
  return new DOMParser().parseFromString(await answer.text(), "text/html").body;
}

/* Replaces only what differs: the place is announced, and nobody wants to hear the same twice. */
function tell(place, found) {
  const fresh = found.textContent.trim();
  if (fresh === place.textContent.trim()) return;
  place.replaceChildren(...found.childNodes);
}

function watch(field, form) {
  const place = document.getElementById(`${field.id}-found`);
  if (!place) return;
  let timer = 0;
  let running = null;
  const look = async () => {
    running?.abort();
    const mine = new AbortController();
    running = mine;
    try {
      const found = await lookThrough(field, form, mine);
      if (found && running === mine) tell(place, found);
    } catch {
      /* Not reached, or overtaken: saving tells the same. */
    }
  };
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, WAIT);
  });
}

export function lookThroughWhileTyping(page) {
  for (const form of page.querySelectorAll("form[data-check-at]")) {
    for (const field of form.querySelectorAll("[data-check]")) watch(field, form);
  }
}
