// Copy buttons of code blocks: all of it, or only the commands of a terminal's transcript.
(function () {
  "use strict";

  function commands(text) {
    const lines = text.split("\n").filter((line) => line.startsWith("$ "));
    return lines.length ? lines.map((line) => line.slice(2)).join("\n") : text;
  }

  function say(button, words) {
    const before = button.dataset.word || (button.dataset.word = button.textContent);
    button.textContent = words;
    document.getElementById("live").textContent = words;
    clearTimeout(button.timer);
    button.timer = setTimeout(() => (button.textContent = before), 2000);
  }

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const text = button.closest(".code").querySelector("pre").textContent.replace(/\n$/, "");
    try {
      await navigator.clipboard.writeText(button.dataset.copy === "commands" ? commands(text) : text);
      say(button, "Copied");
    } catch {
      say(button, "Select it and copy by hand");
    }
  });

  function reveal(root) {
    for (const button of root.querySelectorAll("[data-copy]")) button.hidden = false;
  }

  reveal(document);
  document.addEventListener("htmx:load", (event) => reveal(event.detail.elt));
})();
