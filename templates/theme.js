// The reader's choice of colours, before anything is drawn.
try {
  const chosen = localStorage.getItem("epure-theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
} catch { /* Where nothing is kept, the system decides. */ }
