// The pipeline page: its figures are put anew every two seconds, as the console writes them; the charts are drawn here.
"use strict";

(() => {
  const EVERY = 2000;
  const KEPT = 450;
  const figures = document.getElementById("figures");
  const live = document.getElementById("live");
  const text = document.getElementById("live-text");
  const samples = [];
  let charts = [];

  const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  // Puts each part that changed in the place of the old one; whoever is on a button of it stays there.
  function put(html) {
    const next = new DOMParser().parseFromString(html, "text/html");
    for (const part of next.querySelectorAll("[data-part]")) {
      const old = figures.querySelector('[data-part="' + part.dataset.part + '"]');
      if (!old || old.outerHTML === part.outerHTML) continue;
      const focused = old.contains(document.activeElement) ? document.activeElement.id : "";
      const scrolled = [...old.querySelectorAll(".scroll")].map((one) => one.scrollLeft);
      old.replaceWith(document.adoptNode(part));
      [...part.querySelectorAll(".scroll")].forEach((one, i) => { one.scrollLeft = scrolled[i] || 0; });
      if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
    }
  }

  function perMinute(name) {
    return samples.map((sample, i) => {
      const before = samples[Math.max(0, i - 5)];
      const seconds = sample.at - before.at;
      return seconds > 0 ? Math.max(0, ((sample[name] - before[name]) * 60) / seconds) : null;
    });
  }

  const series = {
    rates: () => [samples.map((s) => s.at), perMinute("settled"), perMinute("articles")],
    work: () => [samples.map((s) => s.at), ...["waiting", "in_fetch", "handed_over"].map((n) => samples.map((s) => s[n]))],
    oldest: () => [samples.map((s) => s.at), samples.map((s) => s.oldest)],
  };
  const lines = {
    rates: [["settled", "--ink-3"], ["articles", "--good"]],
    work: [["waiting", "--ink-3"], ["in fetch", "--accent"], ["handed over", "--good"]],
    oldest: [["oldest", "--accent"]],
  };

  const clock = (at) => new Date(at * 1000).toTimeString().slice(0, 8);

  function draw() {
    charts.forEach((chart) => chart.destroy());
    charts = Object.keys(series).map((name) => {
      const place = document.getElementById(name);
      const axis = { stroke: color("--ink-2"), grid: { stroke: color("--line"), width: 1 }, ticks: { stroke: color("--line") }, font: "11px system-ui, sans-serif" };
      return new uPlot({
        width: place.clientWidth,
        height: 150,
        cursor: { y: false, points: { size: 6 } },
        legend: { live: true },
        scales: { y: { range: (_, low, high) => [0, Math.max(1, high || 0)] } },
        axes: [{ ...axis, space: 70, values: (_, at) => at.map(clock) }, { ...axis, size: 44 }],
        series: [{ value: (_, at) => (at ? clock(at) : "–") }, ...lines[name].map(([label, ink]) => ({ label, stroke: color(ink), width: 1.5, points: { show: false }, value: (_, v) => (v === null || v === undefined ? "–" : v.toFixed(0)) }))],
      }, series[name](), place);
    });
  }

  async function tick() {
    if (document.hidden) return;
    try {
      const last = samples.length ? samples[samples.length - 1].at : 0;
      const answer = await fetch("/pipeline/live");
      if (!answer.ok) throw new Error(answer.status === 503 ? "The ledger does not answer now." : "Load this page again.");
      put(await answer.text());
      samples.push(...await wireroom.ask("pipeline/samples?after=" + last));
      samples.splice(0, Math.max(0, samples.length - KEPT));
      if (charts.length) charts.forEach((chart, i) => chart.setData(series[Object.keys(series)[i]]()));
      else draw();
      live.dataset.state = "on";
      text.textContent = "Live, counted from the ledger";
    } catch (error) {
      live.dataset.state = "off";
      text.textContent = "Not live: " + error.message;
    }
  }

  document.getElementById("crawl").addEventListener("submit", async (event) => {
    event.preventDefault();
    const form = event.target;
    try {
      const answer = await wireroom.ask("crawls", { url: form.elements.url.value.trim() });
      wireroom.say("Crawling " + answer.site + ": " + answer.urls + " URL(s) are due now.");
      form.reset();
      tick();
    } catch (error) {
      wireroom.say(error.message, true);
    }
  });
  document.addEventListener("wireroom:changed", tick);
  document.addEventListener("visibilitychange", tick);
  let resized;
  window.addEventListener("resize", () => { clearTimeout(resized); resized = setTimeout(draw, 200); });
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  tick().then(() => setInterval(tick, EVERY));
})();
