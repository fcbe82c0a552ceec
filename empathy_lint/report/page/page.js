"use strict";
(() => {
  const form = document.querySelector("form");
  const fields = [...form.elements].filter((field) => field.name);
  const cards = [...document.querySelectorAll(".card")];
  const output = document.querySelector("output");
  const links = [...document.querySelectorAll("a[data-key]")];
  const nothing = document.getElementById("nothing");
  const heard = new WeakMap();

  const state = () => Object.fromEntries(fields.map((field) => [field.name, field.value]));
  const folder = (path) => (path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : ".") + "/";
  const within = (path, place) => !place || path === place || folder(path) === place;
  const words = (card) => {
    if (!heard.has(card)) heard.set(card, card.textContent.toLowerCase());
    return heard.get(card);
  };

  function show(card, want) {
    const said = want.q.toLowerCase().split(/\s+/).filter(Boolean);
    const here = within(card.dataset.file, want.file) && said.every((word) => words(card).includes(word));
    const seen = new Set();
    for (const check of card.querySelectorAll(".check")) {
      const fits = here && ["rule", "family", "level"].every((key) => !want[key] || check.dataset[key] === want[key]);
      check.hidden = !fits;
      if (fits) seen.add(check.id.slice(6));
    }
    for (const mark of card.querySelectorAll("mark")) {
      mark.classList.toggle("quiet", !mark.dataset.of.split(" ").some((number) => seen.has(number)));
    }
    card.hidden = seen.size === 0;
    return seen.size;
  }

  function apply() {
    const want = state();
    let checks = 0;
    let replies = 0;
    for (const card of cards) {
      const found = show(card, want);
      checks += found;
      replies += found ? 1 : 0;
    }
    output.textContent = `Showing ${checks.toLocaleString("en")} ${checks === 1 ? "finding" : "findings"} in ` +
      `${replies.toLocaleString("en")} ${replies === 1 ? "reply" : "replies"}`;
    nothing.hidden = replies > 0 || cards.length === 0;
    for (const link of links) link.setAttribute("aria-current", String(want[link.dataset.key] === link.dataset.value));
    return want;
  }

  function remember() {
    const kept = Object.entries(apply()).filter(([, value]) => value);
    history.replaceState(null, "", "#" + new URLSearchParams(kept));
  }

  function recall() {
    const kept = new URLSearchParams(location.hash.slice(1));
    for (const field of fields) {
      field.value = kept.get(field.name) ?? "";
      if (field.value !== (kept.get(field.name) ?? "")) field.value = "";
    }
    apply();
  }

  function choose(event) {
    event.preventDefault();
    const { key, value } = event.currentTarget.dataset;
    form.elements[key].value = form.elements[key].value === value ? "" : value;
    remember();
  }

  function light(check, on) {
    const number = check.id.slice(6);
    for (const mark of check.closest(".card").querySelectorAll("mark")) {
      mark.classList.toggle("lit", on && mark.dataset.of.split(" ").includes(number));
    }
  }

  function step(by) {
    const open = cards.filter((card) => !card.hidden);
    const at = open.indexOf(document.activeElement.closest(".card"));
    const next = open[at < 0 ? (by > 0 ? 0 : open.length - 1) : Math.min(Math.max(at + by, 0), open.length - 1)];
    next?.focus({ preventScroll: true });
    next?.scrollIntoView({ block: "start" });
  }

  function keys(event) {
    const typing = event.target.matches("input, select");
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") { form.reset(); remember(); event.target.blur(); }
    else if (!typing && event.key === "/") { event.preventDefault(); form.elements.q.focus(); }
    else if (!typing && event.key === "j") step(1);
    else if (!typing && event.key === "k") step(-1);
  }

  form.addEventListener("input", remember);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(remember));
  for (const link of links) link.addEventListener("click", choose);
  for (const [name, on] of [["focusin", true], ["focusout", false], ["mouseover", true], ["mouseout", false]]) {
    document.addEventListener(name, (event) => {
      const check = event.target.closest?.(".check");
      if (check) light(check, on);
    });
  }
  document.addEventListener("click", (event) => {
    const mark = event.target.closest("mark:not(.quiet)");
    if (mark) document.getElementById("check-" + mark.dataset.of.split(" ")[0]).focus();
  });
  document.addEventListener("keydown", keys);
  window.addEventListener("hashchange", recall);
  recall();
})();
