// Completion in the terminal: Ctrl+Space asks what could stand where the cursor is. The focus stays in the field.
// One candidate or a shared beginning is put in; several are listed: arrows and Enter choose, Escape closes, Tab moves on.
(() => {
  const field = () => document.getElementById("cmd");
  const list = () => document.getElementById("term-choices");
  const options = () => [...(list()?.querySelectorAll("[role=option]") ?? [])];
  const chosen = () => list()?.querySelector("[aria-selected=true]");
  const say = (words) => (document.getElementById("live").textContent = words);
  let typedFrom = 0;

  const close = () => {
    list()?.setAttribute("hidden", "");
    list()?.replaceChildren();
    field()?.removeAttribute("aria-activedescendant");
  };
  const put = (text) => field().setRangeText(text, typedFrom, field().selectionStart, "end");
  const choose = (text) => {
    put(/[/=]$/.test(text) ? text : `${text} `);
    close();
    field().focus();
  };

  const mark = (next) => {
    options().forEach((one) => one.setAttribute("aria-selected", String(one === next)));
    field().setAttribute("aria-activedescendant", next.id);
    next.scrollIntoView({ block: "nearest" });
  };
  const move = (by) => {
    const all = options();
    const at = all.indexOf(chosen());
    mark(all[at === -1 && by < 0 ? all.length - 1 : (at + by + all.length) % all.length]);
  };

  // The server counts characters, a field counts UTF-16 units.
  const show = (line, lineFrom) => {
    const { start, shared } = list().dataset;
    typedFrom = lineFrom + [...line].slice(0, Number(start)).join("").length;
    const all = options();
    if (all.length === 1) return choose(all[0].dataset.text);
    if (shared) put(shared);
    say(all.length ? `${all.length} could stand here. The arrow keys choose.` : "Nothing known fits here.");
  };

  const ask = (area) => {
    const before = area.value.slice(0, area.selectionStart);
    const lineFrom = before.lastIndexOf("\n") + 1;
    const line = before.slice(lineFrom);
    close();
    htmx
      .ajax("GET", `${area.dataset.complete}?line=${encodeURIComponent(line)}`, { source: "#term-line", target: list(), swap: "outerHTML" })
      .then(() => field() === area && area.value.slice(0, area.selectionStart) === before && document.activeElement === area ? show(line, lineFrom) : close());
  };

  const OPEN = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Escape: close,
    Enter: () => chosen() && (choose(chosen().dataset.text), true),
  };

  // Before the terminal's own keys: while the list is open, the arrows are the list's.
  const onKey = (event) => {
    if (event.target !== field() || event.isComposing) return;
    const asks = event.ctrlKey && event.code === "Space" && event.target.dataset.complete;
    const key = !event.ctrlKey && !event.shiftKey && options().length && OPEN[event.key];
    if (!asks && !key) return;
    if (asks) ask(event.target);
    else if (key() === null) return close();
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  document.addEventListener("keydown", onKey, true);

  const within = (event) => event.target.closest?.("#term-choices [role=option]");
  document.addEventListener("pointerdown", (event) => within(event) && event.preventDefault());
  document.addEventListener("click", (event) => within(event) && choose(within(event).dataset.text));
  document.addEventListener("input", (event) => event.target === field() && close());
  document.addEventListener("focusout", (event) => event.target === field() && close());
})();
