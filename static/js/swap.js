// After htmx has put a part into the page: the focus goes where the person has to look next.
(function () {
  "use strict";

  // The first field with an error, or the part itself where it asks for it by tabindex="-1".
  function focusOf(part) {
    const wrong = part.querySelector("[aria-invalid=true]");
    if (wrong) return wrong;
    return part.getAttribute("tabindex") === "-1" ? part : null;
  }

  document.addEventListener("htmx:afterSettle", (event) => {
    const { elt: part, target, requestConfig } = event.detail;
    if (!target || part.id !== target.id || requestConfig?.elt.matches("form[role=search]")) return;
    const next = focusOf(part);
    if (!next) return;
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  });

  // Opening a link in a new tab is the browser's business, also where htmx would take the click.
  document.addEventListener(
    "click",
    (event) => {
      const modified = event.ctrlKey || event.metaKey || event.shiftKey;
      if (modified && event.target.closest("a[hx-get]")) event.stopPropagation();
    },
    true,
  );
})();
