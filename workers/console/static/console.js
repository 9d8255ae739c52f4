// What all pages share: buttons that change something, and one place where what was done is said.
"use strict";

const wireroom = {
  say(text, bad) {
    const said = document.getElementById("said");
    said.textContent = text;
    said.classList.toggle("bad", Boolean(bad));
    clearTimeout(wireroom.silence);
    wireroom.silence = setTimeout(() => { said.textContent = ""; }, bad ? 12000 : 6000);
  },

  // Asks the API; the answer's JSON, or an Error with the console's own sentence.
  async ask(path, body) {
    const options = { headers: { Accept: "application/json" } };
    if (body !== undefined) {
      options.method = "POST";
      options.headers["X-Wireroom-Token"] = document.querySelector("meta[name=wireroom-token]").content;
      options.headers["Content-Type"] = "application/json";
      options.body = JSON.stringify(body);
    }
    let answer;
    try {
      answer = await fetch("/api/v1/" + path, options);
    } catch {
      throw new Error("The console does not answer.");
    }
    const found = await answer.json().catch(() => ({}));
    if (!answer.ok) throw new Error(found.error || "The console answered " + answer.status + ".");
    return found;
  },

  duration(seconds) {
    if (seconds === null || seconds === undefined) return "–";
    if (seconds < 10) return seconds.toFixed(seconds >= 0.005 && seconds < 0.1 ? 2 : 1) + " s";
    const parts = [];
    let left = Math.floor(seconds);
    for (const [size, unit] of [[86400, "d"], [3600, "h"], [60, "min"], [1, "s"]]) {
      const count = Math.floor(left / size);
      left -= count * size;
      if (count) parts.push(count + " " + unit);
    }
    return parts.slice(0, 2).join(" ");
  },

  done(what, answer) {
    if (what.endsWith("/pause")) return answer.name + " is paused.";
    if (what.endsWith("/resume")) return answer.name + " goes on.";
    if (what.endsWith("/crawl")) return answer.urls + " start(s) of " + answer.name + " are due now.";
    return answer.urls + (what.endsWith("/replay") ? " URL(s) wait again." : " URL(s) dropped.");
  },
};

document.addEventListener("click", async (event) => {
  const button = event.target.closest("button[data-do]");
  if (!button) return;
  if (button.dataset.ask && !window.confirm(button.dataset.ask)) return;
  button.disabled = true;
  try {
    const answer = await wireroom.ask(button.dataset.do, JSON.parse(button.dataset.body || "{}"));
    wireroom.say(wireroom.done(button.dataset.do, answer));
    if (button.dataset.then === "reload") window.location.reload();
    if (button.dataset.then === "remove") {
      const row = button.closest("tr");
      const next = (row.nextElementSibling || row.previousElementSibling || document).querySelector("button[data-do]");
      row.remove();
      if (next) next.focus();
    }
    document.dispatchEvent(new CustomEvent("wireroom:changed"));
  } catch (error) {
    wireroom.say(error.message, true);
  } finally {
    button.disabled = false;
  }
});
