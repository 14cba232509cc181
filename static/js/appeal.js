// Marking the words that cover a criterion: what is selected in the answer becomes a choice of the form.
// Without this file a sentence is chosen from the list.
(() => {
  "use strict";
  const own = document.querySelector("[data-own]");
  if (!own) return;
  const field = document.querySelector("[data-marked]");
  const said = document.querySelector("[data-said]");
  const choice = document.querySelector("input[value=marked]");

  for (const part of document.querySelectorAll("[data-marking]")) part.hidden = false;
  document.querySelector("[data-plain]").hidden = true;

  // The server counts code points, a browser counts halves of some.
  const points = (end) => [...own.value.slice(0, end)].length;

  const shorten = (words) => (words.length > 80 ? `${words.slice(0, 77).trimEnd()} …` : words);

  function mark() {
    const words = own.value.slice(own.selectionStart, own.selectionEnd).trim();
    if (!words) return;
    field.value = `${points(own.selectionStart)}-${points(own.selectionEnd)}`;
    choice.checked = true;
    said.textContent = `Selected: “${shorten(words)}”`;
  }

  own.addEventListener("select", mark);
})();
