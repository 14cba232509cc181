// When htmx can't get an answer: say so above the form, and keep every typed word.
(function () {
  "use strict";
  const SAFE = "Your text is still in the box.";
  const WORDS = {
    403: ["That wasn’t accepted", "The page may have been open for too long. Copy what you wrote, reload, and send it again."],
    404: ["That isn’t there any more", "It may have been moved or removed. Reload the page."],
    409: ["Something changed in the meantime", `Reload to see the newest state. ${SAFE}`],
    413: ["That’s too long", `Shorten it and send it again. ${SAFE}`],
    429: ["Too many tries in a short time", `Wait a minute, then send it again. ${SAFE}`],
  };
  const BROKEN = ["Something broke on our side", `It’s been recorded. ${SAFE} Try again in a moment.`];
  const OFFLINE = ["That wasn’t sent", `The connection dropped. ${SAFE} Try again when you’re online.`];

  function note([title, words]) {
    const box = document.createElement("div");
    box.className = "note note--failure";
    box.dataset.v = "miss";
    box.setAttribute("role", "alert");
    const icon = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    icon.setAttribute("class", "i");
    icon.setAttribute("aria-hidden", "true");
    const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
    use.setAttribute("href", "#i-miss");
    icon.append(use);
    const text = document.createElement("div");
    const strong = document.createElement("b");
    strong.textContent = title;
    const small = document.createElement("p");
    small.className = "small";
    small.textContent = words;
    text.append(strong, small);
    box.append(icon, text);
    return box;
  }

  // Something may keep a failure to its own line: data-failure="words" beside data-failure-to="#id".
  function show(element, words) {
    const own = element.closest("[data-failure]");
    const line = own && document.querySelector(own.dataset.failureTo);
    if (line) return void (line.textContent = own.dataset.failure);
    clear();
    const place = element.closest("form") || document.querySelector("main").firstElementChild;
    place.before(note(words));
  }

  const clear = () => document.querySelectorAll(".note--failure").forEach((old) => old.remove());

  document.addEventListener("htmx:responseError", (event) => {
    const status = event.detail.xhr.status;
    if (!event.detail.xhr.getResponseHeader("HX-Redirect")) show(event.detail.elt, WORDS[status] || BROKEN);
  });
  document.addEventListener("htmx:sendError", (event) => show(event.detail.elt, OFFLINE));
  document.addEventListener("htmx:timeout", (event) => show(event.detail.elt, OFFLINE));
  document.addEventListener("htmx:beforeSwap", (event) => event.detail.shouldSwap && clear());
})();
