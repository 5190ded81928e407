// The choice of colours, and the switch of languages that keeps the place. Without it every page works.
"use strict";
(() => {
  const root = document.documentElement;

  const button = document.getElementById("theme");
  if (button) {
    const order = ["auto", "light", "dark"];
    const show = () => {
      const now = root.dataset.theme ?? "auto";
      button.dataset.now = now;
      button.title = `${button.dataset.label}: ${button.dataset[now]}`;
      button.setAttribute("aria-label", button.title);
    };
    button.addEventListener("click", () => {
      const next = order[(order.indexOf(root.dataset.theme ?? "auto") + 1) % order.length];
      if (next === "auto") delete root.dataset.theme;
      else root.dataset.theme = next;
      try {
        if (next === "auto") localStorage.removeItem("epure-theme");
        else localStorage.setItem("epure-theme", next);
      } catch { /* It then lasts as long as the page. */ }
      show();
    });
    show();
    button.hidden = false;
  }

  // Headings and figures stand in the same order in both languages; their names differ.
  const places = () => [...document.querySelectorAll("main :is(h2,h3,h4,figure)[id]")];
  const here = () => {
    const all = places();
    const above = all.findLastIndex((place) => place.getBoundingClientRect().top <= 96);
    return above < 0 ? null : { place: all[above], above, of: all.length };
  };
  for (const link of document.querySelectorAll(".languages a[data-same]")) {
    link.addEventListener("click", () => {
      const at = here();
      const own = link.href.split("#")[0];
      if (!at) link.href = own;
      else if (at.place.localName === "figure") link.href = `${own}#${at.place.id}`;
      else link.href = `${own}#~${at.above}.${at.of}`;
    });
  }
  const came = /^#~(\d+)\.(\d+)$/.exec(location.hash);
  if (came) {
    const all = places();
    const [above, of] = [Number(came[1]), Number(came[2])];
    // Where the texts differ, the same share of the way.
    const place = all[of === all.length ? above : Math.round((above / of) * all.length)];
    if (place) location.replace(`#${encodeURIComponent(place.id)}`);
  }

  // What somebody is sent to is open.
  const reveal = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    const target = id && document.getElementById(id);
    const box = target && target.closest("details:not([open])");
    if (box) {
      box.open = true;
      target.scrollIntoView();
    }
  };
  addEventListener("hashchange", reveal);
  reveal();

  // Which of the contents is being read.
  const entries = new Map([...document.querySelectorAll(".contents a")].map((link) => [decodeURIComponent(link.hash.slice(1)), link]));
  if (entries.size > 0 && "IntersectionObserver" in window) {
    const headings = [...entries.keys()].map((id) => document.getElementById(id)).filter(Boolean);
    const mark = () => {
      const now = headings.findLast((heading) => heading.getBoundingClientRect().top <= 120) ?? headings[0];
      for (const [id, link] of entries) {
        if (now && id === now.id) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
    };
    const watch = new IntersectionObserver(mark, { rootMargin: "-100px 0px -60% 0px", threshold: [0, 1] });
    for (const heading of headings) watch.observe(heading);
    mark();
  }
})();
