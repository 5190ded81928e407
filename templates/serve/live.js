// Keeps a page that `epure serve` shows current: reloads it where the reader stands, and shows what
// is wrong while the last good page stays.
(function () {
  "use strict";
  var script = document.currentScript;
  var page = script.dataset.page, seen = script.dataset.seen, place = "epure:" + page;
  var box = null;

  // The heading above the reader's eyes, and how far below it they are.
  function remember() {
    var anchor = "", offset = window.scrollY;
    document.querySelectorAll("main [id]").forEach(function (one) {
      var top = one.getBoundingClientRect().top + window.scrollY;
      if (top <= window.scrollY + 8) { anchor = one.id; offset = window.scrollY - top; }
    });
    sessionStorage.setItem(place, JSON.stringify([anchor, offset, window.scrollX]));
  }

  function restore() {
    var kept = sessionStorage.getItem(place);
    if (!kept) { return; }
    sessionStorage.removeItem(place);
    kept = JSON.parse(kept);
    var one = kept[0] && document.getElementById(kept[0]);
    var top = one ? one.getBoundingClientRect().top + window.scrollY : 0;
    window.scrollTo({left: kept[2], top: top + kept[1], behavior: "instant"});
  }

  function show(title, text) {
    if (!title) {
      if (box) { box.remove(); box = null; }
      return;
    }
    if (!box) {
      box = document.createElement("aside");
      box.className = "epure-live";
      box.setAttribute("role", "status");
      box.setAttribute("aria-live", "polite");
      var details = document.createElement("details");
      details.open = true;
      details.appendChild(document.createElement("summary"));
      var pre = document.createElement("pre");
      pre.tabIndex = 0;
      details.appendChild(pre);
      box.appendChild(details);
      document.body.appendChild(box);
    }
    box.querySelector("summary").textContent = title;
    box.querySelector("pre").textContent = text;
    box.querySelector("pre").hidden = !text;
  }

  function wait(known) {
    var ask = "/_epure/wait?page=" + encodeURIComponent(page) + "&seen=" + seen + "&known=" + known;
    fetch(ask, {cache: "no-store"}).then(function (answer) {
      if (!answer.ok) { throw new Error(answer.status); }
      return answer.json();
    }).then(function (state) {
      if (state.seen !== seen && state.seen !== "") {
        remember();
        location.reload();
        return;
      }
      show(state.title, state.text);
      wait(state.known);
    }).catch(function () {
      show(script.dataset.lost, "");
      setTimeout(function () { wait(""); }, 1000);
    });
  }

  history.scrollRestoration = "auto";
  restore();
  document.fonts.ready.then(restore);
  window.addEventListener("load", restore);
  wait("");
})();
