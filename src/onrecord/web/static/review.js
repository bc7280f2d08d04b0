"use strict";
// Review works without this: every decision is a button. This adds one key for each, and taking words from the report.
(() => {
  const passage = document.getElementById("passage");
  for (const element of document.querySelectorAll(".js-only")) element.hidden = false;

  addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return;
    if (event.target.closest("input, select, textarea")) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (event.key === "?") {
      const help = document.getElementById("help");
      help.open = !help.open;
      help.querySelector("summary").focus();
    } else {
      const button = [...document.querySelectorAll("button[data-key]")].find((one) => one.dataset.key === event.key);
      if (!button) return;
      button.click();
    }
    event.preventDefault();
  });

  // The words that were selected in the report; a selection elsewhere is none.
  let taken = "";
  document.addEventListener("selectionchange", () => {
    const selection = getSelection();
    if (passage && !selection.isCollapsed && passage.contains(selection.anchorNode) && passage.contains(selection.focusNode)) {
      taken = selection.toString();
    }
  });
  for (const button of document.querySelectorAll("[data-take]")) {
    button.addEventListener("click", () => {
      const words = taken.trim();
      if (!words) return;
      const field = document.querySelector(`[name="${button.dataset.take}"]`);
      field.value = words;
      field.focus();
    });
  }
})();
