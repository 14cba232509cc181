// The terminal's keys: Enter runs, Shift+Enter makes a line, up and down recall, Ctrl+L clears, Ctrl+C empties.
// Without this file the form still works: its button runs what is typed.
(() => {
  const field = () => document.getElementById("cmd");
  const log = () => document.getElementById("term-log");
  let place = -1;
  let unsent = "";

  const shown = () => [...log().querySelectorAll(".term__cmd")].map((line) => line.textContent).filter((line) => !line.startsWith("(saved "));
  let cleared = [];
  const typed = () => [...cleared, ...shown()];
  const clear = () => {
    cleared = typed();
    log().replaceChildren();
  };

  const recall = (step) => {
    const lines = typed();
    const area = field();
    if (place === -1) unsent = area.value;
    const next = place + step;
    if (next < -1 || next >= lines.length) return;
    place = next;
    area.value = place === -1 ? unsent : lines[lines.length - 1 - place];
    area.setSelectionRange(area.value.length, area.value.length);
  };

  const onLine = (area, first) => {
    const inside = first ? area.value.slice(0, area.selectionStart) : area.value.slice(area.selectionEnd);
    return !inside.includes("\n");
  };

  const KEYS = {
    ArrowUp: (area) => onLine(area, true) && recall(1),
    ArrowDown: (area) => onLine(area, false) && recall(-1),
  };

  const cut = (area, from, to) => area.setRangeText("", from, to, "end");
  const wordFrom = (area) => area.value.slice(0, area.selectionStart).replace(/\S*\s*$/, "").length;

  const CONTROLS = {
    l: clear,
    c: (area) => area.selectionStart === area.selectionEnd && (area.value = ""),
    u: (area) => cut(area, 0, area.selectionEnd),
    k: (area) => cut(area, area.selectionStart, area.value.length),
    w: (area) => cut(area, wordFrom(area), area.selectionEnd),
    a: (area) => area.setSelectionRange(0, 0),
    e: (area) => area.setSelectionRange(area.value.length, area.value.length),
    p: () => recall(1),
    n: () => recall(-1),
  };

  document.addEventListener("keydown", (event) => {
    const area = field();
    if (event.target !== area || event.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      if (area.value.trim()) area.form.requestSubmit();
      return;
    }
    const control = event.ctrlKey && !event.metaKey && !event.altKey && CONTROLS[event.key];
    const key = !event.ctrlKey && !event.shiftKey && !event.altKey && !event.metaKey && KEYS[event.key];
    const done = control ? control(area) : key ? key(area) : false;
    if (control ? done !== false : key && onLine(area, event.key === "ArrowUp")) event.preventDefault();
  });

  document.addEventListener("htmx:beforeRequest", () => (place = -1));

  const end = () => log() && (log().scrollTop = log().scrollHeight);
  document.addEventListener("DOMContentLoaded", end);
  document.addEventListener("htmx:afterSettle", (event) => event.detail.target?.id === "term-log" && end());
})();
