/* What is folded to keep a page short is unfolded while it is printed. Newer browsers do that by CSS; this is for those that
   cannot. */

const FOLDED = "details.prints-open:not([open])";

export function unfoldOnPaper(page) {
  if (CSS.supports("selector(::details-content)")) return;
  let unfolded = [];
  window.addEventListener("beforeprint", () => {
    unfolded = [...page.querySelectorAll(FOLDED)];
    for (const each of unfolded) each.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const each of unfolded) each.open = false;
  });
}
