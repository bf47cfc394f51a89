"use strict";
// The page is complete without this script: it adds live charts, the searchable table of people, and the theme button.
(() => {
  const byId = (id) => document.getElementById(id);
  const make = (tag, text, cls) => {
    const element = document.createElement(tag);
    if (text !== undefined) element.textContent = text;
    if (cls) element.className = cls;
    return element;
  };
  const inflate = async (id) => {
    const bytes = Uint8Array.from(atob(byId(id).textContent), (c) => c.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Response(stream).text();
  };

  // --- theme -----------------------------------------------------------------------------------------------------
  const root = document.documentElement;
  const theme = byId("theme");
  const isDark = () => (root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  const nameTheme = () => { theme.textContent = isDark() ? "Light" : "Dark"; };
  theme.hidden = false;
  nameTheme();
  theme.addEventListener("click", () => { root.dataset.theme = isDark() ? "light" : "dark"; nameTheme(); });

  // --- tooltip: text only, never markup ----------------------------------------------------------------------------
  const tip = byId("tip");
  const showTip = (_handler, event, _item, value) => {
    if (value === null || value === undefined || value === "") { tip.hidden = true; return; }
    tip.textContent = typeof value === "object" ? Object.values(value).join(", ") : String(value);
    tip.hidden = false;
    const box = tip.getBoundingClientRect();
    tip.style.left = Math.max(4, Math.min(event.clientX + 14, innerWidth - box.width - 8)) + "px";
    tip.style.top = Math.max(4, event.clientY - box.height - 12) + "px";
  };

  // --- charts: inflate Vega when the first one comes into view -------------------------------------------------------
  let vega;
  const loadVega = () => (vega ||= inflate("vega").then((source) => {
    const script = make("script", source);
    document.head.append(script);
    return window.vegaEmbed;
  }));
  let specs;
  const loadSpecs = () => (specs ||= inflate("specs").then(JSON.parse));
  const narrow = matchMedia("(max-width: 640px)");
  const live = new Map();
  const draw = async (box) => {
    const drawings = await loadSpecs();
    const variant = narrow.matches && drawings[box.id].narrow ? "narrow" : "wide"; // the shareable report has no narrow one
    if (live.get(box) === variant) return;
    live.set(box, variant);
    const embed = await loadVega();
    const stage = make("div");
    const result = await embed(stage, structuredClone(drawings[box.id][variant]), {
      ast: true, actions: false, defaultStyle: false, renderer: "svg", tooltip: showTip, mode: "vega-lite",
    });
    result.view.addEventListener("click", (_event, item) => { if (item && item.datum) filterBy(item.datum); });
    stage.querySelector("form").remove(); // an empty one for bound inputs, which no chart has
    box.replaceChildren(stage);
    box.dataset.live = variant;
  };
  const drawOrKeep = (box) => draw(box).catch(() => { live.delete(box); }); // the static picture stays
  const boxes = [...document.querySelectorAll(".chart")];
  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries) if (entry.isIntersecting) drawOrKeep(entry.target);
  }, { rootMargin: "300px" });
  boxes.forEach((box) => seen.observe(box));
  narrow.addEventListener("change", () => { for (const box of boxes) if (box.dataset.live) drawOrKeep(box); });

  // --- people: virtual rows, search, sort, filter; the state lives in the address ---------------------------------------
  const ROW = 36, AHEAD = 8, PRINTED = 40;
  let setFilter = () => {};
  const filterBy = (datum) => setFilter(datum);
  const people = async () => {
    const holder = byId("people");
    if (!holder) return;
    const data = JSON.parse(await inflate("people-data"));
    const { columns, rows, filters } = data;
    const folded = rows.map((row) => row.find.toLocaleLowerCase());
    const body = holder.querySelector("tbody");
    const search = byId("people-search"), count = byId("people-count"), mine = byId("people-mine"), clear = byId("people-clear");
    const selects = Object.keys(filters).map((name) => byId("people-" + name));
    let order = rows.map((_row, number) => number), shown = order, sorted = null, down = false, printing = false, drawn = "";

    const read = () => {
      const [place, query] = location.hash.slice(1).split("?");
      if (place !== "contacts") return;
      const state = new URLSearchParams(query || "");
      search.value = state.get("q") || "";
      mine.checked = state.get("y") === "1";
      for (const select of selects) {
        const wanted = state.get(select.dataset.name) || "";
        select.value = [...select.options].some((option) => option.value === wanted) ? wanted : "";
      }
      const by = state.get("s");
      sorted = by && columns.some((column) => column.key === by) ? by : null;
      down = state.get("d") === "1";
      arrange();
    };
    const write = () => {
      const state = new URLSearchParams();
      if (search.value) state.set("q", search.value);
      if (mine.checked) state.set("y", "1");
      for (const select of selects) if (select.value) state.set(select.dataset.name, select.value);
      if (sorted) { state.set("s", sorted); if (down) state.set("d", "1"); }
      const query = state.toString();
      try { history.replaceState(null, "", "#contacts" + (query ? "?" + query : "")); } catch { /* some viewers forbid it */ }
    };
    const arrange = () => {
      order = rows.map((_row, number) => number);
      if (sorted) {
        const at = columns.findIndex((column) => column.key === sorted);
        const sign = down ? -1 : 1;
        const value = (number) => rows[number].by[at];
        order.sort((a, b) => {
          const x = value(a), y = value(b);
          if (x === y) return a - b;
          if (x === null) return 1;
          if (y === null) return -1;
          return sign * (typeof x === "string" ? x.localeCompare(y) : x - y) || a - b;
        });
      }
      for (const heading of holder.querySelectorAll("th")) {
        const key = heading.dataset.key;
        if (key === sorted) heading.setAttribute("aria-sort", down ? "descending" : "ascending");
        else heading.removeAttribute("aria-sort");
      }
      filter();
    };
    const filter = () => {
      const words = search.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
      const wanted = selects.filter((select) => select.value).map((select) => [select.dataset.name, select.value]);
      shown = order.filter((number) => {
        const row = rows[number];
        if (mine.checked && row.whose !== "mine") return false;
        for (const [name, value] of wanted) if (!row.in[name].includes(value)) return false;
        return words.every((word) => folded[number].includes(word));
      });
      clear.hidden = !(words.length || wanted.length || mine.checked);
      drawn = "";
      holder.scrollTop = 0;
      render();
    };
    const spacer = (height) => {
      const line = make("tr", undefined, "spacer");
      line.setAttribute("aria-hidden", "true");
      const cell = make("td");
      cell.colSpan = columns.length;
      cell.style.height = height + "px";
      line.append(cell);
      return line;
    };
    const render = () => {
      const first = printing ? 0 : Math.max(0, Math.floor(holder.scrollTop / ROW) - AHEAD);
      const last = printing ? Math.min(PRINTED, shown.length) : Math.min(shown.length, first + Math.ceil(holder.clientHeight / ROW) + 2 * AHEAD);
      const total = rows.length === 1 ? "1 person" : rows.length.toLocaleString("en").replaceAll(",", "\u202f") + " people";
      const number = shown.length.toLocaleString("en").replaceAll(",", "\u202f");
      const text = printing && shown.length > last ? `first ${last} of ${number} printed` : `${number} of ${total}`;
      if (count.textContent !== text) count.textContent = text;
      const key = first + ":" + last + ":" + printing;
      if (key === drawn) return;
      drawn = key;
      const lines = [];
      if (first > 0) lines.push(spacer(first * ROW));
      for (let place = first; place < last; place += 1) {
        const row = rows[shown[place]];
        const line = make("tr");
        line.setAttribute("aria-rowindex", String(place + 2));
        columns.forEach((column, at) => {
          const cell = make("td", undefined, column.n ? "n" : "");
          const text = make("bdi", row.show[at]);
          if (column.key === "whose_step") text.className = row.whose;
          if (row.show[at].length > 14) cell.title = row.show[at];
          if (at === 0 && row.url && URL.canParse(row.url) && new URL(row.url).protocol === "https:") {
            const link = make("a");
            link.href = row.url;
            link.rel = "noopener noreferrer";
            link.referrerPolicy = "no-referrer";
            link.append(text);
            cell.append(link);
          } else cell.append(text);
          line.append(cell);
        });
        lines.push(line);
      }
      if (!printing && last < shown.length) lines.push(spacer((shown.length - last) * ROW));
      body.replaceChildren(...lines);
      holder.querySelector("table").setAttribute("aria-rowcount", String(shown.length + 1));
    };
    setFilter = (datum) => {
      const name = datum.dimension === undefined ? (datum.tier !== undefined ? "tier" : "") : datum.dimension;
      const value = datum.dimension === undefined ? datum.tier : datum.value;
      const select = selects.find((candidate) => candidate.dataset.name === name);
      if (!select || ![...select.options].some((option) => option.value === value)) return;
      select.value = value;
      filter();
      write();
      byId("contacts").scrollIntoView();
    };
    for (const heading of holder.querySelectorAll("th")) {
      heading.querySelector("button").addEventListener("click", () => {
        const key = heading.dataset.key;
        if (sorted !== key) { sorted = key; down = columns.find((column) => column.key === key).n; }
        else if (down === columns.find((column) => column.key === key).n) down = !down;
        else { sorted = null; down = false; } // third click: back to whose step
        arrange();
        write();
      });
    }
    search.addEventListener("input", () => { filter(); write(); });
    mine.addEventListener("change", () => { filter(); write(); });
    for (const select of selects) select.addEventListener("change", () => { filter(); write(); });
    clear.addEventListener("click", () => {
      search.value = "";
      mine.checked = false;
      for (const select of selects) select.value = "";
      filter();
      write();
    });
    let waiting = false;
    holder.addEventListener("scroll", () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => { waiting = false; render(); });
    });
    addEventListener("hashchange", read);
    addEventListener("resize", render);
    addEventListener("beforeprint", () => { printing = true; drawn = ""; render(); });
    addEventListener("afterprint", () => { printing = false; drawn = ""; render(); });
    byId("people-controls").hidden = false;
    const cut = byId("people-cut");
    if (cut) cut.hidden = true;
    read();
    arrange();
    if (location.hash.startsWith("#contacts?")) byId("contacts").scrollIntoView();
  };
  people();
})();
