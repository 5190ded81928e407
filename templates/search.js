// The search: an index that the page loads when it is first asked, from the disk too. Words are folded
// as `src/report/html/search.rs` folds them.
"use strict";
(() => {
  const box = document.getElementById("search");
  const opens = document.getElementById("search-open");
  const field = document.getElementById("search-field");
  const list = document.getElementById("search-results");
  const told = document.getElementById("search-told");
  if (!box || !box.showModal || !opens || !field || !list) return;

  const PER_KIND = 6;
  const ELIDED = /(^|[^\p{L}\p{N}])(?:l|d|j|m|t|s|n|c|qu|jusqu|lorsqu|puisqu)['’]/giu;
  const fold = (text) => text.replace(ELIDED, "$1 ").normalize("NFD").replace(/\p{M}/gu, "").toLowerCase()
    .replace(/œ/g, "oe").replace(/æ/g, "ae").replace(/ß/g, "ss");
  const wordsOf = (text) => fold(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const stem = (word) => {
    if (word.length <= 3) return word;
    if (word.endsWith("aux") && !word.endsWith("eaux")) return `${word.slice(0, -2)}l`;
    if (word.endsWith("ies")) return `${word.slice(0, -3)}y`;
    if (/(sses|xes|ches)$/.test(word)) return word.slice(0, -2);
    if (/(eaux|eux)$/.test(word)) return word.slice(0, -1);
    if (/s$/.test(word) && !/(ss|us|is)$/.test(word)) return word.slice(0, -1);
    return word;
  };

  // How far apart two words are, swapped neighbours as one; more than `most` is not looked into.
  const apart = (a, b, most) => {
    if (Math.abs(a.length - b.length) > most) return most + 1;
    let older = [], old = Array.from({ length: b.length + 1 }, (_, i) => i);
    for (let i = 1; i <= a.length; i += 1) {
      const row = [i];
      let least = i;
      for (let j = 1; j <= b.length; j += 1) {
        let cost = Math.min(old[j] + 1, row[j - 1] + 1, old[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, older[j - 2] + 1);
        row.push(cost);
        least = Math.min(least, cost);
      }
      if (least > most) return most + 1;
      [older, old] = [old, row];
    }
    return old[b.length];
  };

  /** How well a word of a text answers a word that was typed: 1 the same, 0 not at all. */
  const weigh = (typed, word, loose) => {
    const root = stem(typed);
    if (word === typed || word === root) return 1;
    if (word.startsWith(typed) || (root.length > 2 && word.startsWith(root))) return 0.5 + 0.3 * (typed.length / word.length);
    if (!loose || typed.length < 4) return 0;
    const most = typed.length >= 8 ? 2 : 1;
    let least = apart(root, word, most);
    // What is typed may be the start of a word, mistyped.
    for (let end = root.length - 1; end <= root.length + 1 && least > 0; end += 1) {
      if (end > 3 && end < word.length) least = Math.min(least, apart(root, word.slice(0, end), most) + 0.5);
    }
    return least > most ? 0 : 0.4 - 0.1 * least;
  };

  let index = null;
  let loading = false;
  window.epureIndex = (data) => {
    const terms = [];
    let last = "";
    for (const written of data.terms.split(" ")) {
      if (!written) continue;
      last = last.slice(0, parseInt(written[0], 36)) + written.slice(1);
      terms.push(last);
    }
    const things = [];
    data.pages.forEach(([kind, title, slug, line, headings, components], page) => {
      const href = `${encodeURIComponent(slug)}.html`;
      things.push({ page, kind, title, line, href, words: [...wordsOf(title).map(stem), ...wordsOf(line).map(stem)], of: 0 });
      for (const [text, id] of headings) {
        things.push({ page, kind, title: text, line: title, href: `${href}#${encodeURIComponent(id ?? text)}`, words: wordsOf(text).map(stem), of: 1 });
      }
      for (const [name, id] of components) {
        things.push({ page, kind: data.kinds.length - 1, title: name, line: title, href: `${href}#${encodeURIComponent(id ?? `component-${name}`)}`, words: wordsOf(name).map(stem), of: 2 });
      }
    });
    index = { kinds: data.kinds, terms, lists: data.lists.split(" "), pages: data.pages.length, things };
    search();
  };
  const load = () => {
    if (index || loading) return;
    loading = true;
    const script = document.createElement("script");
    script.src = box.dataset.index;
    script.addEventListener("error", () => { loading = false; told.textContent = box.dataset.fails; told.classList.remove("heard"); });
    document.head.append(script);
  };

  /** For one typed word, how much each page has of it. */
  const pagesWith = (typed, loose) => {
    const pages = new Map();
    index.terms.forEach((term, at) => {
      const weight = weigh(typed, term, loose);
      if (weight === 0) return;
      let page = 0;
      for (const gap of index.lists[at].split(",")) {
        page += parseInt(gap, 36);
        pages.set(page, Math.max(pages.get(page) ?? 0, weight));
      }
    });
    return pages;
  };

  const rank = (query, loose) => {
    const typed = wordsOf(query);
    if (typed.length === 0) return [];
    const bodies = typed.map((word) => pagesWith(word, loose));
    const whole = fold(query).trim();
    const found = [];
    for (const thing of index.things) {
      let score = 0, own = 0, all = true;
      typed.forEach((word, i) => {
        const title = thing.words.reduce((best, other) => Math.max(best, weigh(word, other, loose)), 0);
        const body = thing.of === 0 ? bodies[i].get(thing.page) ?? 0 : 0;
        if (title > 0) own += 1;
        if (title === 0 && body === 0) all = false;
        score += title * (thing.of === 1 ? 4 : 6) + body;
      });
      if (!all) continue;
      const name = fold(thing.title);
      if (name === whole || fold(thing.line) === whole) score += 20;
      else if (name.startsWith(whole)) score += 4;
      found.push({ thing, score: score + own / (1 + thing.words.length) });
    }
    found.sort((a, b) => b.score - a.score || a.thing.page - b.thing.page);
    return found;
  };

  let chosen = -1;
  let options = [];
  const choose = (at) => {
    options[chosen]?.removeAttribute("aria-selected");
    chosen = at;
    const option = options[chosen];
    if (option) {
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      field.setAttribute("aria-activedescendant", option.id);
    } else field.removeAttribute("aria-activedescendant");
  };

  const search = () => {
    const query = field.value.trim();
    list.replaceChildren();
    options = [];
    choose(-1);
    told.classList.add("heard");
    if (!index || query === "") {
      field.setAttribute("aria-expanded", "false");
      told.textContent = "";
      return;
    }
    let found = rank(query, false);
    if (found.length === 0) found = rank(query, true);
    const groups = new Map();
    for (const { thing } of found) {
      const group = groups.get(thing.kind) ?? [];
      if (group.length < PER_KIND) group.push(thing);
      groups.set(thing.kind, group);
    }
    for (const [kind, things] of groups) {
      const group = document.createElement("div");
      group.setAttribute("role", "group");
      const head = document.createElement("p");
      head.id = `search-kind-${kind}`;
      head.textContent = index.kinds[kind];
      group.setAttribute("aria-labelledby", head.id);
      group.append(head);
      for (const thing of things) {
        const option = document.createElement("a");
        option.id = `search-result-${options.length}`;
        option.setAttribute("role", "option");
        option.tabIndex = -1;
        option.href = box.dataset.pages + thing.href;
        const title = document.createElement("b");
        title.textContent = thing.title;
        option.append(title);
        if (thing.line && thing.line !== thing.title) {
          const line = document.createElement("span");
          line.textContent = thing.line;
          option.append(line);
        }
        option.addEventListener("click", () => box.close());
        options.push(option);
        group.append(option);
      }
      list.append(group);
    }
    field.setAttribute("aria-expanded", String(options.length > 0));
    if (options.length > 0) {
      told.textContent = box.dataset.some.replace("%", options.length);
      choose(0);
    } else {
      told.textContent = box.dataset.none.replace("%", query);
      told.classList.remove("heard");
    }
  };

  const open = () => {
    load();
    if (!box.open) box.showModal();
    field.select();
  };
  field.addEventListener("input", search);
  field.addEventListener("keydown", (event) => {
    const last = options.length - 1;
    const to = { ArrowDown: chosen < last ? chosen + 1 : 0, ArrowUp: chosen > 0 ? chosen - 1 : last }[event.key];
    if (to !== undefined && last >= 0) {
      event.preventDefault();
      choose(to);
    } else if (event.key === "Escape") {
      // The field would only be emptied.
      event.preventDefault();
      box.close();
    } else if (event.key === "Enter" && options[chosen]) {
      event.preventDefault();
      options[chosen].click();
    }
  });
  opens.addEventListener("click", open);
  document.getElementById("search-shut").addEventListener("click", () => box.close());
  box.addEventListener("click", (event) => event.target === box && box.close());
  box.addEventListener("close", () => field.blur());
  addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input,textarea,select,[contenteditable]") && (box.open || !box.contains(event.target));
    const asked = (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) || (event.key === "k" && (event.ctrlKey || event.metaKey));
    if (asked) {
      event.preventDefault();
      open();
    }
  });
  opens.hidden = false;
})();
