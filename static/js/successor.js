// In a workbench what asked may be gone with the answer: the focus goes on to what stands in its place.
(() => {
  const successor = (asker) => {
    if (asker.matches("[data-saves]")) return "#save";
    if (asker.closest("#files")) return "#ed";
    if (asker.closest(".hints")) return `.hints [data-goal="${asker.elements.goal.value}"][open] summary`;
    return "#cmd";
  };
  document.addEventListener("htmx:afterRequest", (event) => {
    const asker = event.detail.requestConfig?.elt;
    if (!asker || document.activeElement !== document.body) return;
    document.querySelector(successor(asker))?.focus({ preventScroll: true });
  });
})();
