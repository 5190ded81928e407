// A failure played over its topology. Everything it shows stands in the page: the moments in the list,
// the axes of time on the drawings. Without it the page shows the whole timeline.
"use strict";
(() => {
  const box = document.getElementById("replay");
  if (!box) return;
  const SVG = "http://www.w3.org/2000/svg";
  const until = Number(box.dataset.until);
  const slider = box.querySelector("input[type=range]");
  const clock = box.querySelector(".clock");
  const now = box.querySelector(".now");
  const play = box.querySelector("[data-do=play]");
  const items = [...box.querySelectorAll(".events li")];
  const events = box.querySelector(".events");
  const times = items.map((item) => Number(item.dataset.t));
  const rows = new Map([...box.querySelectorAll("[data-component]")].map((row) => [row.dataset.component, row]));
  const words = box.querySelector("tbody").dataset;

  // What every component is like from each moment on.
  const states = [];
  let before = new Map();
  for (const item of items) {
    const after = new Map(before);
    for (const one of (item.dataset.states ?? "").split(" ").filter(Boolean)) {
      const [name, state, ready, wanted, served] = one.split(":");
      after.set(name, { state, ready, wanted, served });
    }
    states.push(after);
    before = after;
  }

  // A box of the drawing takes its state as a class; a tint and a sign are laid over it.
  const boxes = new Map();
  for (const name of rows.keys()) {
    const group = document.getElementById(`${box.dataset.prefix}-${name}`);
    const shape = group?.querySelector("rect");
    if (!shape) continue;
    const tint = document.createElementNS(SVG, "rect");
    for (const key of ["x", "y", "width", "height", "rx"]) tint.setAttribute(key, shape.getAttribute(key) ?? "0");
    tint.setAttribute("class", "tint");
    const sign = document.createElementNS(SVG, "text");
    sign.setAttribute("x", Number(shape.getAttribute("x")) + Number(shape.getAttribute("width")) - 6);
    sign.setAttribute("y", Number(shape.getAttribute("y")) + 14);
    sign.setAttribute("text-anchor", "end");
    sign.setAttribute("font-size", "12");
    sign.setAttribute("class", "sign");
    shape.after(tint);
    group.append(sign);
    boxes.set(name, { group, sign });
  }

  // A line across every drawing of the page that has an axis of time.
  const cursors = [...document.querySelectorAll("[data-clock]")].map((place) => {
    const [from, to, left, right, top, bottom] = place.dataset.clock.split(" ").map(Number);
    const line = document.createElementNS(SVG, "path");
    line.setAttribute("class", "cursor");
    place.querySelector("svg").append(line);
    return (t) => {
      const x = left + Math.min(1, Math.max(0, (t - from) / (to - from))) * (right - left);
      line.setAttribute("d", `M${x.toFixed(1)} ${top}V${bottom}`);
    };
  });

  const french = document.documentElement.lang === "fr";
  const said = (t) => {
    const decimal = (value) => String(Math.round(value * 10) / 10).replace(".", french ? "," : ".");
    if (t < 60) return `${decimal(t)}\u00a0s`;
    const [hours, minutes, seconds] = [Math.floor(t / 3600), Math.floor((t % 3600) / 60), Math.floor(t % 60)];
    return [hours && `${hours}\u00a0h`, minutes && `${minutes}\u00a0min`, !hours && seconds && `${seconds}\u00a0s`].filter(Boolean).join(" ");
  };

  let at = 0, shown = -1, playing = false, frame = 0, stamp = 0;
  const show = (t, aloud) => {
    at = Math.min(until, Math.max(0, t));
    slider.value = String(at);
    clock.textContent = said(at);
    slider.setAttribute("aria-valuetext", said(at));
    for (const move of cursors) move(at);
    const moment = times.findLastIndex((time) => time <= at + 1e-6);
    if (moment === shown) return;
    shown = moment;
    const state = states[moment] ?? new Map();
    for (const [name, row] of rows) {
      const is = state.get(name) ?? { state: "ok", ready: "", wanted: "", served: "" };
      row.className = is.state;
      row.cells[1].textContent = { ok: "✓", less: "▾", down: "✗" }[is.state] + "\u00a0" + words[is.state];
      row.cells[2].textContent = is.wanted === "" ? "" : `${is.ready}/${is.wanted}`;
      row.cells[3].textContent = is.served === "" ? "" : `${is.served}\u00a0%`;
      const drawn = boxes.get(name);
      if (drawn) {
        drawn.group.setAttribute("class", `is-${is.state}`);
        drawn.sign.textContent = { ok: "", less: "▾", down: "✗" }[is.state];
      }
    }
    let last = null;
    items.forEach((item, i) => {
      item.classList.toggle("past", i <= moment);
      item.removeAttribute("aria-current");
      if (i <= moment && !item.hidden) last = item;
    });
    if (last) {
      last.setAttribute("aria-current", "step");
      events.scrollTop = last.offsetTop - events.clientHeight / 2;
      const text = `${last.querySelector("button").textContent} · ${last.querySelector("span").textContent}`;
      if (now.textContent !== text) now.textContent = text;
    }
    now.setAttribute("aria-live", aloud ? "polite" : "off");
  };

  const stop = () => {
    playing = false;
    cancelAnimationFrame(frame);
    box.classList.remove("playing");
    play.setAttribute("aria-label", play.dataset.play);
  };
  // A whole failure takes as long to see as there is to see: quiet stretches pass quickly.
  const tick = (time) => {
    if (!playing) return;
    const passed = Math.min(0.1, (time - stamp) / 1000);
    stamp = time;
    const next = times.find((t) => t > at + 1e-6) ?? until;
    const previous = times.findLast((t) => t <= at + 1e-6) ?? 0;
    // From one moment to the next in a second and a half at most, half a second at least.
    const speed = Math.max((next - previous) / 1.5, Math.min(1, (next - previous) / 0.5));
    show(Math.min(next, at + speed * passed), false);
    if (at >= until) return stop();
    frame = requestAnimationFrame(tick);
  };
  const start = () => {
    if (at >= until) show(0, false);
    playing = true;
    box.classList.add("playing");
    play.setAttribute("aria-label", play.dataset.pause);
    stamp = performance.now();
    frame = requestAnimationFrame(tick);
  };
  const step = (by) => {
    stop();
    const told = times.filter((_, i) => !items[i].hidden || items[i].dataset.states);
    const to = by > 0 ? told.find((time) => time > at + 1e-6) : told.findLast((time) => time < at - 1e-6);
    show(to ?? (by > 0 ? until : 0), true);
  };

  slider.addEventListener("input", () => { stop(); show(Number(slider.value), true); });
  box.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.do === "play") { if (playing) stop(); else start(); }
    else if (button.dataset.do) step(button.dataset.do === "on" ? 1 : -1);
    else { stop(); show(Number(button.closest("li").dataset.t), true); }
  });
  box.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const onButton = event.target.closest("button");
    const does = {
      ArrowRight: () => step(1), ArrowLeft: () => step(-1), ArrowUp: () => step(1), ArrowDown: () => step(-1),
      Home: () => { stop(); show(0, true); }, End: () => { stop(); show(until, true); },
      " ": onButton ? null : () => { if (playing) stop(); else start(); },
    }[event.key];
    // Inside a list or a drawing the arrows scroll it.
    if (!does || event.target.closest(".scroll")) return;
    event.preventDefault();
    does();
  });

  document.documentElement.classList.add("replays");
  box.hidden = false;
  show(Number(box.dataset.worst), false);
})();
