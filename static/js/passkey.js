// Ties a passkey button to allauth's WebAuthn code through data attributes; says in words what failed.
(function () {
  "use strict";

  const REASONS = {
    NotAllowedError: "That was cancelled or took too long. Try again when you’re ready.",
    InvalidStateError: "This device already holds a passkey for your account.",
    NotSupportedError: "This browser or key can’t make the kind of passkey we need. Try another one.",
    SecurityError:
      "Passkeys need a named address. If the address of this page begins with a number, open it as localhost instead.",
  };

  function say(text) {
    const note = document.querySelector("[data-passkey-error]");
    note.querySelector("div").textContent = text;
    note.hidden = false;
  }

  function tie(button) {
    const { passkey, passkeyField, passkeyAlone, passkeyData } = button.dataset;
    const ids = { credential: passkeyField, passwordless: passkeyAlone };
    ids.login = ids.add = ids.authenticate = button.id;
    window.allauth.webauthn.forms[passkey]({ ids, data: passkeyData && JSON.parse(passkeyData) });
    button.addEventListener("click", () => {
      document.querySelector("[data-passkey-error]").hidden = true;
    });
  }

  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    const error = event.detail.exception;
    say(REASONS[error && error.name] || "The passkey couldn’t be used. Try again, or choose another way.");
  });

  document.addEventListener("DOMContentLoaded", () => {
    if (!window.PublicKeyCredential) return;
    document.querySelectorAll("[data-passkey]").forEach(tie);
    document.querySelectorAll("[data-passkey-part]").forEach((part) => {
      part.hidden = false;
    });
  });
})();
