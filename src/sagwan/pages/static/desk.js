/* The desk's one script: passkeys, and the focus on what is wrong. Without it everything but passkeys works. */
"use strict";

(() => {
  const bytes = (text) => {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, (character) => character.charCodeAt(0));
  };
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer)))
      .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

  const listed = (credentials) => (credentials || []).map((one) => ({ ...one, id: bytes(one.id) }));

  /* What the server asks for, with bytes where the browser wants them. */
  const asked = (options) => {
    const wanted = { ...options.publicKey, challenge: bytes(options.publicKey.challenge) };
    if (wanted.user) wanted.user = { ...wanted.user, id: bytes(wanted.user.id) };
    if (wanted.allowCredentials) wanted.allowCredentials = listed(wanted.allowCredentials);
    if (wanted.excludeCredentials) wanted.excludeCredentials = listed(wanted.excludeCredentials);
    return { publicKey: wanted };
  };

  /* What the device answered, as text. */
  const answered = (credential) => {
    const { response } = credential;
    const found = { clientDataJSON: text(response.clientDataJSON) };
    for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (response[name]) found[name] = text(response[name]);
    }
    if (response.getTransports) found.transports = response.getTransports();
    return JSON.stringify({
      id: credential.id,
      rawId: text(credential.rawId),
      type: credential.type,
      response: found,
      clientExtensionResults: credential.getClientExtensionResults(),
    });
  };

  const options = async (form) => {
    if (form.dataset.options) return JSON.parse(form.dataset.options);
    const answer = await fetch(form.dataset.optionsFrom, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(answer.status);
    return (await answer.json()).request_options;
  };

  const tell = (form, what) => {
    for (const place of form.querySelectorAll("[data-trouble], [data-missing]")) {
      place.hidden = !place.matches(`[data-${what}]`);
    }
  };

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    if (!window.PublicKeyCredential) {
      tell(form, "missing");
      form.querySelector("button").disabled = true;
      continue;
    }
    form.addEventListener("submit", async (event) => {
      if (form.elements.credential.value) return;
      event.preventDefault();
      const button = form.querySelector("button");
      button.setAttribute("aria-busy", "true");
      try {
        const credential = await navigator.credentials[form.dataset.passkey](asked(await options(form)));
        form.elements.credential.value = answered(credential);
        form.requestSubmit();
      } catch (trouble) {
        tell(form, "trouble");
      } finally {
        button.removeAttribute("aria-busy");
      }
    });
  }

  document.querySelector("[data-focus]")?.focus();
})();
