"use strict";
// The desk works without this. It adds the slider over the days of a series, and the key that goes to the search field.
(() => {
  const KEYS = "onrecord-keys";
  const off = () => localStorage.getItem(KEYS) === "off";

  // The slider sets the day; the form is sent by htmx, or by hand where that is missing.
  const slide = () => {
    for (const label of document.querySelectorAll(".slide")) label.hidden = false;
  };
  addEventListener("input", (event) => {
    if (event.target.id !== "slider") return;
    const days = event.target.dataset.days.split(" ");
    const last = Number(event.target.value) === days.length - 1;
    document.getElementById("day").value = last ? "" : days[event.target.value];
    event.target.setAttribute("aria-valuetext", days[event.target.value]);
  });
  addEventListener("htmx:afterSwap", slide);

  // Before any other script hears of it: shortcuts of one character can be turned off (WCAG 2.1.4).
  addEventListener("keydown", (event) => {
    if (off() && event.key.length === 1 && !event.target.closest("input, select, textarea")) event.stopImmediatePropagation();
  }, { capture: true });
  addEventListener("keydown", (event) => {
    if (off() || event.key !== "/" || event.metaKey || event.ctrlKey || event.altKey) return;
    if (event.target.closest("input, select, textarea")) return;
    const field = document.getElementById("q");
    if (!field) return;
    field.focus();
    event.preventDefault();
  });

  const button = document.getElementById("keys-switch");
  if (button) {
    const say = () => { button.textContent = off() ? "Turn the keys on" : "Turn the keys off"; };
    button.hidden = false;
    button.addEventListener("click", () => { localStorage.setItem(KEYS, off() ? "on" : "off"); say(); });
    say();
  }
  slide();
})();
