// Typing goes on while a line runs: text waits in the field, and what ends with Enter runs in its turn.
// Every answer brings the field anew; what was typed into the old one comes along.
(() => {
  const field = () => document.getElementById("cmd");
  const joined = (...parts) => parts.filter(Boolean).join("\n");
  const isLine = (event) => event.detail.requestConfig?.elt.matches(".term__in");
  let sent = null; // the line on its way
  let answered = false;
  let entered = false; // whether something in the field waits for its turn
  let old = null;

  // As in a terminal, a line leaves the field when it is sent. It comes back if it could not be sent.
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (!isLine(event)) return;
    sent = field().value;
    field().value = "";
  });

  document.addEventListener("htmx:oobBeforeSwap", (event) => {
    if (event.detail.target.id === "term-line") old = field();
  });
  document.addEventListener("htmx:oobAfterSwap", (event) => {
    const area = field();
    if (event.detail.target.id !== "term-line" || !old) return;
    if (area) {
      area.dataset.refused = area.value;
      area.value = joined(area.value, old.value);
    }
    old = null;
  });

  document.addEventListener("htmx:afterRequest", (event) => {
    if (!isLine(event) || sent === null) return;
    answered = event.detail.successful;
    if (answered) return;
    const area = field();
    if (area && !area.dataset.refused) area.value = joined(sent, area.value);
    sent = null;
    entered = false;
  });

  const sendNext = (area) => {
    const end = area.value.lastIndexOf("\n");
    const rest = area.value.slice(end + 1);
    area.value = area.value.slice(0, Math.max(end, 0));
    if (area.value.trim()) area.form.requestSubmit();
    area.value = rest;
  };

  // Only now does htmx know the new form.
  document.addEventListener("htmx:afterSettle", () => {
    if (!answered) return;
    answered = false;
    sent = null;
    if (entered && field()) sendNext(field());
    entered = false;
  });

  // After the completion's keys, before the terminal's.
  document.addEventListener(
    "keydown",
    (event) => {
      const area = event.target;
      if (area !== field() || sent === null || event.isComposing) return;
      if (event.key !== "Enter" || event.shiftKey || event.altKey) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      area.setRangeText("\n", area.selectionStart, area.selectionEnd, "end");
      entered = true;
    },
    true,
  );
})();
