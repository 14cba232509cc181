// Keyboard shortcuts: / search, ? list, g then o c q s y r p. Off in fields and where the person turned them off.
(function () {
  "use strict";
  const PLACES = { o: "/", c: "/lessons/", q: "/selfcheck/", s: "/scenarios/", y: "/playground/", r: "/guardrails/", p: "/progress/" };
  const PATIENCE = 1500;
  let leader = 0;

  const typing = (target) =>
    target.isContentEditable || target.closest("input:not([type=radio], [type=checkbox]), textarea, select");

  function search() {
    const box = document.querySelector("main input[type=search]");
    if (!box) return location.assign("/search/");
    box.focus();
    box.select();
  }

  document.addEventListener("keydown", (event) => {
    if (document.body.dataset.singleKeys !== "on" || event.defaultPrevented || event.repeat) return;
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const led = event.timeStamp - leader < PATIENCE;
    leader = 0;
    if (led && Object.hasOwn(PLACES, event.key)) location.assign(PLACES[event.key]);
    else if (event.key === "g") leader = event.timeStamp;
    else if (event.key === "?") location.assign("/help/keyboard/");
    else if (event.key === "/") search();
    else return;
    event.preventDefault();
  });
})();
