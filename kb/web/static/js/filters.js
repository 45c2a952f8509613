/* Filters stand open on a wide screen. Newer browsers do that by CSS; this is for those that cannot. */

const WIDE = "(min-width: 58.01rem)";

function follow(page, wide) {
  const fold = page.querySelector("details.filters");
  if (fold) fold.open = wide.matches;
}

/* Gives what is to be done again when the results, and the filters with them, have been replaced. */
export function openFiltersOnWideScreens(page) {
  if (CSS.supports("selector(::details-content)")) return () => {};
  const wide = matchMedia(WIDE);
  wide.addEventListener("change", () => follow(page, wide));
  follow(page, wide);
  return () => follow(page, wide);
}
