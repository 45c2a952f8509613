/* Filters stand open on a wide screen. Newer browsers do that by CSS; this is for those that cannot. */

export function openFiltersOnWideScreens(page) {
  if (CSS.supports("selector(::details-content)")) return;
  const wide = matchMedia("(min-width: 58.01rem)");
  const follow = () => {
    const fold = page.querySelector("details.filters");
    if (fold) fold.open = wide.matches;
  };
  wide.addEventListener("change", follow);
  follow();
}
