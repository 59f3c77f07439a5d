import PortrunBase

extension DashboardAsset {
    /// Makes the page live. Everything but copying works without it.
    ///
    /// A browser has six connections for all pages of an address together, and an event stream keeps one: so one visible page
    /// listens, and tells the others.
    static let script = DashboardAsset(
        name: "dashboard.js", type: "text/javascript; charset=utf-8",
        text: #"""
            "use strict";
            (() => {
              const table = document.querySelector("#bookings");
              if (!table) return;
              document.documentElement.classList.add("js");
              const find = (text) => document.querySelector(text);
              const search = find("#q"), question = find("#question"), live = find("#live");
              const parse = (text) => new DOMParser().parseFromString(text, "text/html");

              // Shows the rows that have every word of the search, or whose checkout has it.
              const filter = () => {
                const words = search.value.toLowerCase().split(" ").filter(Boolean);
                let found = false;
                for (const body of table.tBodies) {
                  const [head, ...rows] = body.rows, own = head.textContent.toLowerCase();
                  let shown = false;
                  for (const row of rows) {
                    const text = row.textContent.toLowerCase();
                    row.hidden = !words.every((word) => own.includes(word) || text.includes(word));
                    shown ||= !row.hidden;
                  }
                  body.hidden = !shown;
                  found ||= shown;
                }
                const none = find("#none");
                if (none) none.hidden = found;
              };
              search.addEventListener("input", () => {
                filter();
                history.replaceState(null, "", search.value ? "/?q=" + encodeURIComponent(search.value) : "/");
              });
              search.form.addEventListener("submit", (event) => event.preventDefault());

              // Whoever has gone to a link of a row by keyboard stays there while the row is made anew.
              const keepFocus = (change) => {
                const row = document.activeElement.closest("#bookings tr");
                const place = row ? [...row.querySelectorAll("a, button")].indexOf(document.activeElement) : -1;
                change();
                if (place >= 0) document.getElementById(row.id)?.querySelectorAll("a, button")[place]?.focus();
              };
              const get = async (address) => {
                const answer = await fetch(address);
                if (answer.status === 401) location.reload();
                return answer;
              };
              const loadAll = async () => {
                const answer = await get("/");
                if (!answer.ok) return;
                const page = parse(await answer.text());
                keepFocus(() => {
                  table.replaceChildren(...page.querySelector("#bookings").children);
                  for (const name of ["#summary", "#events ol"]) find(name).replaceChildren(...page.querySelector(name).childNodes);
                  document.querySelectorAll(".nothing").forEach((old) => old.remove());
                  page.querySelectorAll(".nothing").forEach((text) => table.after(text));
                });
                filter();
              };
              const load = async (context) => {
                const answer = await get("/checkouts/" + encodeURIComponent(context));
                if (!answer.ok && answer.status !== 404) return;
                const old = document.getElementById("c-" + context);
                // The first one, or the last.
                if (!table.tBodies.length || (!answer.ok && table.tBodies.length < 2)) return loadAll();
                const made = answer.ok ? parse("<table>" + (await answer.text())).querySelector("tbody") : null;
                keepFocus(() => {
                  if (!made) return old?.remove();
                  if (old) return old.replaceWith(made);
                  const next = [...table.tBodies].find((body) => body.dataset.label > made.dataset.label);
                  next ? next.before(made) : table.append(made);
                });
                filter();
                loadSummary();
              };

              // One after the other; of many changes at once everything is loaded, once.
              const due = new Set();
              let timer;
              const change = (context) => {
                due.add(context);
                timer ??= setTimeout(async () => {
                  const contexts = [...due];
                  due.clear();
                  if (contexts.length > 8 || contexts.includes("*")) await loadAll().catch(() => {});
                  else for (const context of contexts) await load(context).catch(() => {});
                  timer = undefined;
                  if (due.size) change([...due][0]);
                }, 30);
              };
              const loadSummary = () => {
                const rows = [...table.rows].filter((row) => row.id);
                const count = (number, word) => number + " " + word + (number === 1 ? "" : "s");
                const having = (name) => rows.filter((row) => row.className === name).length;
                const summary = find("#summary"), strangers = document.createElement("a");
                summary.textContent = count(rows.length, "port") + " of " +
                  count(table.querySelectorAll("tbody.own").length, "checkout") + ", " + having("listening") + " listening";
                strangers.href = "/?q=stranger";
                strangers.textContent = "strangers on " + having("stranger");
                if (having("stranger")) summary.append(", ", strangers);
              };

              const list = find("#events ol");
              const tell = (message) => {
                if (message.ready) return change("*");
                const item = document.createElement("li"), time = document.createElement("time");
                time.dateTime = message.time;
                item.append(time, " " + message.text);
                list.prepend(item);
                while (list.children.length > 30) list.lastChild.remove();
                find("#events p").textContent = "";
                count();
                change(message.context);
              };
              const count = () => {
                for (const time of document.querySelectorAll("time")) {
                  const seconds = Math.max(0, Math.floor((Date.now() - Date.parse(time.dateTime)) / 1000));
                  time.textContent = seconds < 60 ? seconds + " s" : seconds < 3600 ? Math.floor(seconds / 60) + " min"
                    : seconds < 86400 ? Math.floor(seconds / 3600) + " h" : Math.floor(seconds / 86400) + " d";
                }
              };
              setInterval(count, 10000);

              // The page that has the lock listens; hidden ones let it go.
              const others = new BroadcastChannel("portrun");
              others.onmessage = (event) => document.hidden || tell(event.data);
              let end;
              const listen = () => new Promise((resolve) => {
                const stream = new EventSource("/events");
                end = () => { stream.close(); resolve(); };
                const say = (message) => { tell(message); others.postMessage(message); };
                stream.addEventListener("ready", () => { live.textContent = ""; say({ ready: true }); });
                stream.addEventListener("change", (event) => say(JSON.parse(event.data)));
                stream.onerror = () => {
                  live.textContent = "not live: portrund does not answer";
                  if (stream.readyState === EventSource.CLOSED) { end(); setTimeout(start, 2000); change("*"); }
                };
              });
              let waiting;
              const start = () => {
                if (document.hidden) return;
                waiting?.abort();
                waiting = new AbortController();
                navigator.locks.request("portrun", { signal: waiting.signal }, listen).catch(() => {});
              };
              document.addEventListener("visibilitychange", () => {
                if (!document.hidden) { change("*"); return start(); }
                waiting?.abort();
                end?.();
              });
              start();

              const ask = (text) => {
                const form = parse(text).querySelector("form.question");
                if (!form) { question.replaceChildren(...parse(text).querySelector("main").children); return; }
                question.replaceChildren(form);
                form.querySelector(".cancel").addEventListener("click", (event) => { event.preventDefault(); question.close(); });
                form.addEventListener("submit", async (event) => {
                  event.preventDefault();
                  const body = new URLSearchParams(new FormData(form));
                  const answer = await fetch(form.action, { method: "POST", body, redirect: "manual" });
                  if (answer.type !== "opaqueredirect") return ask(await answer.text());
                  question.close();
                  change("*");
                });
              };
              document.addEventListener("click", async (event) => {
                const release = event.target.closest("a.release"), copy = event.target.closest("button.copy");
                if (copy) {
                  await navigator.clipboard.writeText(copy.dataset.copy);
                  live.textContent = copy.dataset.copy + " copied";
                }
                if (!release || event.ctrlKey || event.metaKey || event.shiftKey) return;
                event.preventDefault();
                ask(await (await get(release.href)).text());
                question.showModal();
              });
            })();

            """#)
}
