"use strict";
// The page works without this: every link is a plain anchor. This adds selection, keys and filters.
(() => {
  const root = document.documentElement;
  const cards = [...document.querySelectorAll(".claim")];
  const form = document.querySelector(".filters");
  const shown = form.querySelector(".shown");
  const reset = form.querySelector("button");
  const keys = document.querySelector(".keys");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const stacked = matchMedia("(max-width: 60rem)");
  const reports = new Map();
  let selected = null;

  // The segments of a report and the places of its claims, looked up when first needed.
  const reportOf = (element) => {
    const article = element.closest(".report");
    if (!reports.has(article)) {
      const segments = [...article.querySelectorAll(".words a.m")];
      const numbers = new Map(segments.map((segment, number) => [segment, number]));
      const claims = [...article.querySelectorAll(".claim")].map((card) => ({ card, places: placesOf(card) }));
      reports.set(article, { segments, numbers, claims });
    }
    return reports.get(article);
  };
  const placesOf = (card) => card.dataset.places.split(";").filter(Boolean).map((place) => {
    const [kind, first, last] = place.split(" ");
    return { kind, first: Number(first), last: Number(last) };
  });

  const paint = (card, on) => {
    const { segments } = reportOf(card);
    for (const { kind, first, last } of placesOf(card)) {
      for (const segment of segments.slice(first, last + 1)) {
        if (on) segment.classList.add("on", ...(kind === "evidence" ? [] : ["part"]));
        else segment.classList.remove("on", "part");
      }
    }
    card.classList.toggle("on", on);
    if (on) card.setAttribute("aria-current", "true");
    else card.removeAttribute("aria-current");
  };
  const select = (card) => {
    if (selected) paint(selected, false);
    selected = card;
    if (card) paint(card, true);
  };
  const show = (element, block, smooth) =>
    element.scrollIntoView({ block, behavior: smooth && !calm.matches ? "smooth" : "auto" });
  const visible = (element) => {
    const box = element.getBoundingClientRect();
    return box.top > 80 && box.bottom < innerHeight - 40;
  };
  const remember = (hash) => {
    if (location.protocol !== "about:") history.replaceState(null, "", hash);
  };

  const wordsOf = (card) => {
    const { segments } = reportOf(card);
    const evidence = placesOf(card).find((place) => place.kind === "evidence");
    return evidence ? segments[evidence.first] : null;
  };
  const toWords = (card, smooth) => {
    select(card);
    const words = wordsOf(card);
    if (!words) return;
    if (!visible(words)) show(words, "center", smooth);
    words.focus({ preventScroll: true });
    remember(`#${card.id}-evidence`);
  };
  const toCard = (card, smooth) => {
    select(card);
    card.querySelector(".go").focus({ preventScroll: true });
    show(card, stacked.matches ? "center" : "nearest", smooth);
    remember(`#${card.id}`);
  };
  // All claims that a segment belongs to, its owner first; a second click goes on to the next of them.
  const claimsAt = (segment) => {
    const { numbers, claims } = reportOf(segment);
    const at = numbers.get(segment);
    const owner = document.getElementById(segment.hash.slice(1));
    const others = claims.filter(({ card, places }) => card !== owner && places.some((p) => p.first <= at && at <= p.last));
    return [owner, ...others.map(({ card }) => card)].filter((card) => !card.hidden);
  };

  addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    if (!getSelection().isCollapsed) return;
    const segment = event.target.closest(".words a.m");
    const card = event.target.closest(".claim");
    if (segment) {
      const claims = claimsAt(segment);
      event.preventDefault();
      if (claims.length) toCard(claims[(claims.indexOf(selected) + 1) % claims.length], true);
    } else if (card && !event.target.closest("details")) {
      event.preventDefault();
      toWords(card, true);
    }
  });

  const step = (by) => {
    const open = cards.filter((card) => !card.hidden);
    if (!open.length) return;
    const here = open.indexOf(selected);
    const next = here < 0 ? nearest(open) : open[Math.min(open.length - 1, Math.max(0, here + by))];
    toCard(next, false);
    const words = wordsOf(next);
    if (words && !stacked.matches && !visible(words)) show(words, "center", false);
  };
  // With nothing selected, begin with the report on the screen.
  const nearest = (open) =>
    open.find((card) => card.closest(".report").getBoundingClientRect().bottom > innerHeight / 3) ?? open[0];

  addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return;
    if (event.target.closest("input, select, textarea, button, summary")) return;
    const arrows = selected || event.target.closest(".rail");
    if (event.key === "j" || (arrows && event.key === "ArrowDown")) step(1);
    else if (event.key === "k" || (arrows && event.key === "ArrowUp")) step(-1);
    else if (event.key === "Escape") { select(null); document.activeElement.blur(); }
    else if (event.key === "Enter" && selected && !event.target.closest("a")) toWords(selected, false);
    else return;
    event.preventDefault();
  });

  const filter = () => {
    const wanted = [...new FormData(form)].filter(([, value]) => value);
    for (const card of cards) card.hidden = wanted.some(([name, value]) => card.dataset[name] !== value);
    if (selected && selected.hidden) select(null);
    for (const article of document.querySelectorAll(".report")) {
      const { segments, claims } = reportOf(article);
      const open = claims.filter(({ card }) => !card.hidden);
      article.hidden = wanted.length > 0 && open.length === 0;
      // Count over the segments how many open claims cover each, in one pass.
      const change = new Int32Array(segments.length + 1);
      for (const { first, last } of open.flatMap(({ places }) => places)) { change[first] += 1; change[last + 1] -= 1; }
      let covers = 0;
      segments.forEach((segment, at) => segment.classList.toggle("off", (covers += change[at]) === 0));
    }
    const left = cards.filter((card) => !card.hidden).length;
    shown.textContent = wanted.length ? `${left} of ${cards.length} claims` : "";
    reset.hidden = wanted.length === 0;
    keys.hidden = wanted.length > 0;
  };
  form.addEventListener("change", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(filter));

  const arrive = () => {
    const [, id, words] = /^#(c-.*?)(-evidence)?$/.exec(location.hash) ?? [];
    const card = id && document.getElementById(id);
    if (card?.matches(".claim")) (words ? toWords : toCard)(card, false);
  };
  addEventListener("hashchange", arrive);

  // Anchors stop below the bar, however many lines it takes.
  const bar = document.querySelector(".tools");
  new ResizeObserver(() => {
    root.style.setProperty("--bar", stacked.matches ? "0px" : `${bar.offsetHeight}px`);
  }).observe(bar);

  root.classList.add("js");
  form.hidden = cards.length === 0;
  keys.hidden = cards.length === 0;
  arrive();
})();
