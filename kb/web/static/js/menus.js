/* A menu of the header stays open until it is folded again; here also until one goes elsewhere, so that it never hides what has
   the focus. Escape folds it and gives the focus back to its button. */

export function foldMenus(page) {
  const open = () => page.querySelector("details.menu[open]");

  const foldUnlessIn = (event) => {
    const menu = open();
    if (menu && event.target instanceof Node && !menu.contains(event.target)) menu.open = false;
  };
  page.addEventListener("focusin", foldUnlessIn);
  page.addEventListener("pointerdown", foldUnlessIn);

  page.addEventListener("keydown", (event) => {
    const menu = open();
    if (event.key !== "Escape" || !menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}
