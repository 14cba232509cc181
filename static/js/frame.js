// The frame's small comforts: the menu closes, the theme's form knows the address, pages print.
(function () {
  "use strict";
  const menu = () => document.querySelector(".menu[open]");

  document.addEventListener("keydown", (event) => {
    const open = menu();
    if (event.key !== "Escape" || !open) return;
    open.removeAttribute("open");
    open.querySelector("summary").focus();
  });

  document.addEventListener("click", (event) => {
    const open = menu();
    if (open && !open.contains(event.target)) open.removeAttribute("open");
    if (event.target.closest("[data-print]")) window.print();
  });

  // A part swapped in may have changed the address since the page was made.
  document.addEventListener("submit", (event) => {
    const next = event.target.matches(".theme") && event.target.elements.next;
    if (next) next.value = location.pathname + location.search;
  });

  for (const button of document.querySelectorAll("[data-print]")) button.hidden = false;
})();
