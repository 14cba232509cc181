// Reviewing by keyboard: 1 2 3 4 choose, j k go on and back, Ctrl+Enter saves, ? lists the keys.
// Single keys rest in fields and where the person turned them off. Without this file everything is a form.
(() => {
  "use strict";
  const form = document.querySelector("[data-review]");
  const singleKeys = document.body.dataset.singleKeys === "on";
  const judges = () => [...document.querySelectorAll(".judge")].filter((one) => one.getClientRects().length);

  const typing = (target) =>
    target.isContentEditable || target.closest("input:not([type=radio], [type=checkbox]), textarea, select");

  // The criterion that the keys are for: where the focus is, or else the first without a verdict.
  function current() {
    const focused = document.activeElement.closest(".judge");
    return focused || judges().find((one) => !one.querySelector(":checked")) || judges()[0];
  }

  function choose(number) {
    const judge = current();
    const choice = judge?.querySelectorAll("input[type=radio]")[number - 1];
    if (!choice) return false;
    choice.checked = true;
    choice.dispatchEvent(new Event("input", { bubbles: true }));
    const rest = judges();
    const next = rest[rest.indexOf(judge) + 1] || judge;
    next.querySelector("input[type=radio]:checked, input[type=radio]").focus();
    return true;
  }

  function walk(step) {
    const link = document.querySelector(step > 0 ? "[data-following]" : "[data-before]");
    if (link) return link.click(), true;
    const rows = [...document.querySelectorAll(".qlist--all a")];
    const here = rows.indexOf(document.activeElement);
    const next = rows[Math.max(0, Math.min(rows.length - 1, here + step))];
    next?.focus();
    return Boolean(next);
  }

  function list() {
    const keys = document.querySelector(".keys");
    if (!keys) return false;
    keys.open = !keys.open;
    keys.querySelector("summary").focus();
    return true;
  }

  const KEYS = { j: () => walk(1), k: () => walk(-1), "?": list };
  for (const number of [1, 2, 3, 4]) KEYS[number] = () => choose(number);

  // In the capture phase: here `?` opens this page's own list instead of leaving what was typed.
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && form && !event.isComposing) {
        event.preventDefault();
        return form.requestSubmit();
      }
      if (!singleKeys || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
      if (!typing(event.target) && Object.hasOwn(KEYS, event.key) && KEYS[event.key]()) event.preventDefault();
    },
    true,
  );

  // What was typed outlives going to another answer and back; it is forgotten once it is sent.
  if (!form) return;
  const kept = `review:${location.pathname}`;
  const texts = [...form.querySelectorAll("textarea")];
  const words = JSON.parse(sessionStorage.getItem(kept) || "{}");
  for (const area of texts) area.value ||= words[area.name] || "";
  form.addEventListener("input", () => {
    sessionStorage.setItem(kept, JSON.stringify(Object.fromEntries(texts.map((area) => [area.name, area.value]))));
  });
  form.addEventListener("submit", () => sessionStorage.removeItem(kept));
})();
