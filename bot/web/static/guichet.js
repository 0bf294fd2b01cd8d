// The desk without reloading: results while typing, arrows and Enter, letters as shortcuts. Without this file the same
// form works with its buttons. Nothing is kept here: what a tab knows is in its form.
"use strict";
(() => {
  const form = document.getElementById("guichet");
  if (!form) return;
  const box = document.getElementById("q");
  const PARTS = ["resultats", "fiche", "panier", "manque", "comparaison"];
  const WAIT = 120;
  let timer = 0;
  let latest = 0;
  let running = null;
  document.body.classList.add("vif");

  const byId = (id) => document.getElementById(id);
  const isField = (node) => !!node && ["INPUT", "SELECT", "TEXTAREA"].includes(node.tagName) && node.type !== "checkbox";
  const results = () => [...document.querySelectorAll("#resultats .trouve")];

  async function ask(button) {
    const turn = ++latest;
    if (running) running.abort();
    running = new AbortController();
    const data = new URLSearchParams(new FormData(form, button || null));
    data.set("partie", "1");
    byId("resultats").setAttribute("aria-busy", "true");
    try {
      const answer = await fetch("/guichet", { method: "POST", body: data, signal: running.signal });
      if (answer.redirected || answer.status === 401) { location.assign("/guichet"); return false; }
      if (!answer.ok) throw new Error(String(answer.status));
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (turn !== latest) return false;
      return page;
    } catch (error) {
      if (error.name !== "AbortError") {
        const told = error.message === "429" ? "Trop de demandes d'un coup. Attendez une minute." : "Pas de réponse du service. Réessayez.";
        byId("annonce").textContent = told;
        byId("annonce").classList.remove("vh");
      }
      return false;
    }
  }

  function show(page, also = []) {
    for (const id of [...PARTS, ...also]) {
      const fresh = page.getElementById(id);
      if (fresh && byId(id)) byId(id).replaceWith(document.adoptNode(fresh));
    }
    byId("annonce").classList.add("vh");
    const title = byId("titre-resultats");
    byId("annonce").textContent = title ? title.textContent.trim() : "";
  }

  async function refresh(button) {
    const more = button && button.name === "un_enfant";
    if (button && button.name === "theme_bouton") byId("theme").value = button.value;
    if (button && button.name === "ouvrir") form.elements.ouverte.value = button.value;
    if (button && button.name === "fermer") form.elements.ouverte.value = "";
    const page = await ask(button);
    if (!page) return;
    show(page, more ? ["enfants"] : []);
    if (more) byId("enfants").querySelector(".enfant:last-of-type input").focus();
    else if (button && button.name === "ouvrir") focusCard();
    else if (button && ["ajouter", "retirer"].includes(button.name)) byId("fiche").focus();
    else if (button && ["theme_bouton", "fermer_comparaison"].includes(button.name)) byId("resultats").focus();
    else if (button && button.name === "comparer") byId("comparaison").scrollIntoView({ block: "nearest" });
  }

  function focusCard() {
    const card = byId("fiche");
    card.focus({ preventScroll: true });
    const { top } = card.getBoundingClientRect();
    // Beside the results its beginning is in view already: scrolling would hide the words typed.
    if (top < 0 || top > 0.75 * window.innerHeight) card.scrollIntoView({ block: "nearest" });
  }

  function soon() {
    clearTimeout(timer);
    timer = setTimeout(() => refresh(null), WAIT);
  }

  form.addEventListener("input", (event) => { if (event.target !== byId("langue_fiche")) soon(); });
  form.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (button && button.hasAttribute("formaction")) return;
    event.preventDefault();
    clearTimeout(timer);
    refresh(button && button.name !== "chercher" ? button : null);
  });

  box.addEventListener("keydown", async (event) => {
    if (event.key === "ArrowDown" && results().length) { event.preventDefault(); results()[0].focus(); }
    if (event.key === "Escape") { box.value = ""; soon(); }
    if (event.key === "Enter" && !event.isComposing) {
      event.preventDefault();
      clearTimeout(timer);
      const page = await ask(null);
      if (page) show(page);
      if (box.value.trim() && results().length) await refresh(results()[0]);
    }
  });

  document.addEventListener("keydown", (event) => {
    const here = document.activeElement;
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
    if (here && here.classList.contains("trouve") && ["ArrowDown", "ArrowUp"].includes(event.key)) {
      const list = results();
      const next = list.indexOf(here) + (event.key === "ArrowDown" ? 1 : -1);
      event.preventDefault();
      (next < 0 ? box : list[Math.min(next, list.length - 1)] || box).focus();
      return;
    }
    if (event.key === "Escape" && here !== box) { box.focus(); box.select(); return; }
    if (isField(here) || !byId("raccourcis").checked) return;
    const toggle = byId("fiche").querySelector("button[name=ajouter], button[name=retirer]");
    const done = {
      "/": () => box.focus(),
      "?": () => { const help = byId("aide"); help.open = !help.open; if (help.open) help.querySelector("summary").focus(); },
      a: () => toggle && toggle.click(),
      p: () => { const sheet = byId("feuille-pdf"); if (sheet) sheet.click(); },
      n: () => byId("suivante").click(),
    }[event.key.toLowerCase()];
    if (done) { event.preventDefault(); done(); }
  });

  // A page that comes back from the browser's memory would show the family before.
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.replace("/guichet"); });
})();
