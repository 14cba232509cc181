// The editor's own memory: what isn't saved yet stays, whatever brings the panel anew or opens another file.
// Without this file every page shows the file as it was saved last.
(() => {
  const KEPT = `unsaved:${location.pathname}`;
  const area = () => document.getElementById("ed");
  const path = () => area().form.elements.path.value;
  const read = () => JSON.parse(sessionStorage.getItem(KEPT) || "{}");
  const keep = (all) => sessionStorage.setItem(KEPT, JSON.stringify(all));

  const tell = (entry) => {
    const words = area().form.querySelector("[data-saved]");
    words.dataset.saved ||= words.textContent;
    const changed = entry && entry.base !== area().defaultValue ? " The file has changed in the meantime; saving puts your text in its place." : "";
    words.textContent = entry ? `Not saved yet.${changed}` : words.dataset.saved;
  };

  const typed = () => {
    const all = read();
    if (area().value === area().defaultValue) delete all[path()];
    else all[path()] = { text: area().value, base: all[path()]?.base ?? area().defaultValue };
    keep(all);
    tell(all[path()]);
  };

  const shown = () => {
    if (!area() || area().readOnly) return;
    const entry = read()[path()];
    if (!entry) return;
    if (entry.text === area().defaultValue) return typed();
    area().value = entry.text;
    tell(entry);
  };

  const isSave = (event) => event.detail.requestConfig?.elt.matches("[data-saves]");
  const saved = (event) => {
    if (!isSave(event) || !event.detail.shouldSwap || event.detail.xhr.status !== 200) return;
    const { path, content } = Object.fromEntries(event.detail.requestConfig.formData);
    const all = read();
    if (all[path]?.text === content) delete all[path];
    else if (all[path]) all[path].base = content;
    keep(all);
  };

  document.addEventListener("input", (event) => event.target === area() && typed());
  document.addEventListener("htmx:beforeSwap", saved);
  document.addEventListener("htmx:oobAfterSwap", (event) => event.detail.target.id === "files" && shown());
  document.addEventListener("htmx:afterSwap", (event) => event.detail.target.id === "files" && shown());
  document.addEventListener("DOMContentLoaded", shown);
})();
