// The live wire: rows come in at the top as articles are stored. All text of articles is set as text, never as markup.
"use strict";

(() => {
  const list = document.getElementById("wire");
  if (!list || list.dataset.head === undefined) return;
  const KEPT = 400;
  const PAGE = 60;
  const live = document.getElementById("live");
  const text = document.getElementById("live-text");
  const hold = document.getElementById("hold");
  const template = document.getElementById("row");
  let held = [];
  let last = list.dataset.head;
  const began = Number(last);
  let fresh = 0;

  function part(parent, name, value) {
    if (value === null || value === undefined || value === "") return;
    const span = document.createElement("span");
    span.className = name;
    span.textContent = value;
    parent.append(span);
  }

  function row(article, kind) {
    const item = template.content.firstElementChild.cloneNode(true);
    item.dataset.id = article.id;
    const when = item.querySelector(".when");
    when.dateTime = article.stored;
    when.title = "Stored " + article.stored;
    when.querySelector(".hour").textContent = article.stored.slice(11, 16);
    when.querySelector(".date").textContent = article.stored.slice(0, 10);
    const headline = item.querySelector(".headline");
    headline.textContent = article.headline;
    headline.href = "/articles/" + article.id;
    if (article.language) headline.lang = article.language;
    const meta = item.querySelector(".meta");
    part(meta, "site", article.site);
    part(meta, "section", article.section);
    part(meta, "language", article.language);
    part(meta, "copies", article.copies > 1 ? article.copies + " copies" : "");
    part(meta, "versions", article.versions > 1 ? article.versions + " versions" : "");
    part(meta, "corrected", article.corrected ? "corrected" : "");
    item.querySelector(".lag").textContent = wireroom.duration(article.lag);
    item.querySelector(".box").textContent = (article.label || "unknown").replaceAll("_", " ");
    item.classList.add(kind);
    return item;
  }

  function place(article, kind) {
    const known = list.querySelector('[data-id="' + Number(article.id) + '"]');
    const item = row(article, kind);
    if (known) {
      const focused = known.contains(document.activeElement);
      known.replaceWith(item);
      if (focused) item.querySelector(".headline").focus();
      return;
    }
    const before = [...list.children].find((other) => Number(other.dataset.id) < article.id);
    // What is told once more after a reconnect may be older than all that is shown: it is on a later page.
    if (!before && list.children.length >= PAGE) return;
    list.insertBefore(item, before || null);
    while (list.children.length > KEPT) list.lastElementChild.remove();
    document.getElementById("nothing")?.remove();
    if (Number(last) > began) fresh += 1;
  }

  function shown() {
    if (hold.getAttribute("aria-pressed") === "true") {
      text.textContent = "Held: " + held.length + " new";
    } else {
      text.textContent = fresh ? "Live: " + fresh + " new since you came" : "Live";
    }
  }

  function receive(event, kind) {
    last = event.lastEventId;
    const article = JSON.parse(event.data);
    if (hold.getAttribute("aria-pressed") === "true") held.push([article, kind]);
    else place(article, kind);
    shown();
  }

  function connect() {
    const query = (list.dataset.filters ? list.dataset.filters + "&" : "") + "after=" + last;
    const source = new EventSource("/api/v1/events?" + query);
    source.addEventListener("open", () => { live.dataset.state = "on"; shown(); });
    source.addEventListener("article.stored", (event) => receive(event, "new"));
    source.addEventListener("article.updated", (event) => receive(event, "changed"));
    source.addEventListener("error", () => {
      live.dataset.state = "off";
      text.textContent = "Not live: trying again";
      if (source.readyState === EventSource.CLOSED) { source.close(); setTimeout(connect, 3000); }
    });
    window.addEventListener("pagehide", () => source.close(), { once: true });
  }

  hold.hidden = false;
  hold.addEventListener("click", () => {
    const on = hold.getAttribute("aria-pressed") !== "true";
    hold.setAttribute("aria-pressed", String(on));
    hold.textContent = on ? "Go on" : "Hold";
    if (!on) { held.forEach((one) => place(...one)); held = []; }
    shown();
  });

  // j and k go from headline to headline, / to the search; only where nothing is being typed.
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select, textarea")) return;
    if (event.key === "/") {
      event.preventDefault();
      document.querySelector("input[name=q]").focus();
    }
    if (event.key === "j" || event.key === "k") {
      const links = [...list.querySelectorAll(".headline")];
      const here = links.indexOf(document.activeElement);
      const next = links[event.key === "j" ? here + 1 : Math.max(0, here - 1)];
      if (next) next.focus();
    }
  });

  connect();
})();
