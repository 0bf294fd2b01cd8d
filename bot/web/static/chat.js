// The chat without reloading, and a few comforts: listen, print, copy, leave by pressing Escape twice. Everything works
// without this file. Nothing is kept here.
"use strict";
(() => {
  const words = document.body.dataset;
  if (!words.neutre) return;
  const TWICE = 600;
  let busy = false;
  let escaped = 0;

  const main = () => document.querySelector("main");
  const live = document.createElement("p");
  live.className = "vh";
  live.setAttribute("role", "status");
  document.body.append(live);

  function button(text, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "doux";
    made.textContent = text;
    made.addEventListener("click", () => act(made));
    return made;
  }

  function spoken() {
    const parts = [];
    for (const node of main().querySelectorAll("h2, h3, p, li, .choix-un")) {
      if (!node.closest(".ecrire, .gestes, .langues, .outils-page, .dit") && node.offsetParent !== null) {
        const copy = node.cloneNode(true);
        copy.querySelectorAll("[aria-hidden]").forEach((each) => each.remove());
        parts.push(copy.textContent.trim());
      }
    }
    return parts.filter(Boolean).join(". ");
  }

  function listen(made) {
    const speech = window.speechSynthesis;
    if (speech.speaking) { speech.cancel(); made.textContent = words.ecouter; return; }
    const said = new SpeechSynthesisUtterance(spoken());
    said.lang = document.documentElement.lang;
    said.onend = () => { made.textContent = words.ecouter; };
    made.textContent = words.arreter;
    speech.speak(said);
  }

  function hasVoice() {
    const speech = window.speechSynthesis;
    return !!speech && speech.getVoices().some((voice) => voice.lang.startsWith(document.documentElement.lang));
  }

  function comforts() {
    main().querySelectorAll(".outils-page").forEach((each) => each.remove());
    const bar = document.createElement("div");
    bar.className = "outils-page rang";
    if (hasVoice()) bar.append(button(words.ecouter, listen));
    // What an emergency says does not go to a shared printer.
    if (main().querySelector("article, .champ") && !main().querySelector(".urgent")) bar.append(button(words.imprimer, () => window.print()));
    const link = main().querySelector("[data-lien]");
    if (link && navigator.clipboard) {
      bar.append(button(words.copier, async (made) => {
        await navigator.clipboard.writeText(new URL(link.dataset.lien, location.origin).href);
        made.textContent = words.copie;
        live.textContent = words.copie;
      }));
    }
    const write = main().querySelector(".ecrire");
    if (bar.children.length && write) write.before(bar);
  }

  function show(page) {
    const old = document.documentElement;
    for (const name of ["lang", "dir"]) old.setAttribute(name, page.documentElement.getAttribute(name));
    for (const [name, value] of Object.entries(page.body.dataset)) words[name] = value;
    for (const part of ["main", "footer", "header"]) {
      document.querySelector(part).replaceWith(document.adoptNode(page.querySelector(part)));
    }
    const heading = document.getElementById("suite");
    if (heading) { heading.focus({ preventScroll: true }); heading.scrollIntoView(); }
    live.textContent = heading ? heading.textContent : "";
    comforts();
  }

  async function turn(form, submitter) {
    const data = new URLSearchParams(new FormData(form, submitter));
    busy = true;
    main().setAttribute("aria-busy", "true");
    try {
      const answer = await fetch("/", { method: "POST", body: data });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (!page.querySelector("main")) throw new Error("page");
      window.speechSynthesis && window.speechSynthesis.cancel();
      show(page);
    } catch {
      // What was typed stays in its field; the form can be sent again, with or without this script.
      live.textContent = words.panne;
      main().removeAttribute("aria-busy");
      if (!main().querySelector(".panne")) {
        const told = document.createElement("p");
        told.className = "panne alerte";
        told.textContent = words.panne;
        main().prepend(told);
      }
    } finally {
      busy = false;
    }
  }

  function leave() {
    const form = document.querySelector("header form");
    const data = new URLSearchParams(new FormData(form));
    data.set("payload", form.querySelector("button").value);
    window.speechSynthesis && window.speechSynthesis.cancel();
    document.body.hidden = true;
    document.title = "";
    const go = () => location.replace(words.neutre);
    setTimeout(go, 400);
    fetch("/", { method: "POST", body: data, keepalive: true, redirect: "manual" }).then(go, go);
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.getAttribute("action") !== "/" || form.method !== "post") return;
    event.preventDefault();
    if (event.submitter && event.submitter.classList.contains("quitter")) { leave(); return; }
    if (event.submitter && event.submitter.value === words.quitter) { leave(); return; }
    if (!busy) turn(form, event.submitter);
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const now = performance.now();
    if (now - escaped < TWICE) leave();
    escaped = now;
  });

  window.addEventListener("pageshow", (event) => { if (event.persisted) location.replace("/"); });
  if (window.speechSynthesis) window.speechSynthesis.addEventListener("voiceschanged", comforts, { once: true });
  comforts();
})();
