/* Writing a case with JavaScript: the line under each folded list tells what is chosen, and words that were not saved are
   not left by accident. The form itself works without any of this; its buttons are ordinary ones. */

function tellChosen(list) {
  const told = list.querySelector(".choices__chosen");
  if (!told) return;
  const chosen = [...list.querySelectorAll("input:is([type=checkbox], [type=radio]):checked")].filter((box) => box.value);
  told.textContent = chosen.map((box) => box.closest("label").textContent.trim()).join(", ") || told.dataset.none;
}

function openTarget(page) {
  const target = page.location?.hash ? page.getElementById(page.location.hash.slice(1)) : null;
  if (target instanceof HTMLDetailsElement) target.open = true;
  const lesson = target?.classList.contains("writing__lesson") ? target.querySelector("input[type=text]") : null;
  lesson?.focus({ preventScroll: true });
}

export function helpWriting(page) {
  for (const form of page.querySelectorAll("form[data-writing]")) {
    let unsaved = form.querySelector("[aria-invalid=true]") !== null;
    form.addEventListener("input", () => { unsaved = true; });
    form.addEventListener("submit", () => { unsaved = false; });
    form.addEventListener("change", (event) => {
      const list = event.target.closest("[data-choices]");
      if (list) tellChosen(list);
    });
    addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });
    openTarget(page);
  }
}
