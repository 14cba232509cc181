// Answering: counts words, sends with Ctrl+Enter, and keeps every word when sending fails.
// Without this file the page still works: drafts are saved by their button.
(() => {
  const field = () => document.getElementById("answer");

  const count = () => {
    const area = field();
    const line = document.querySelector("[data-words]");
    if (!area || !line) return;
    const words = area.value.split(/\s+/u).filter(Boolean).length;
    const length = [...area.value].length;
    const most = Number(line.dataset.most);
    const room = length > most * 0.9 ? ` ${length.toLocaleString("en")} of ${most.toLocaleString("en")} characters.` : "";
    line.textContent = `${words} word${words === 1 ? "" : "s"}.${room}`;
    line.classList.toggle("err", length > most);
  };

  document.addEventListener("input", (event) => {
    if (event.target === field()) count();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    if (event.target !== field()) return;
    event.preventDefault();
    document.querySelector("[data-send]").click();
  });

  // Another device's draft comes back as a part that asks which words to keep.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.status !== 409) return;
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  });

  document.addEventListener("htmx:afterSettle", count);
})();
