// What a browser does by itself: clocks, links between a point and its quote, voice, and keeping
// what is typed while there is no connection. Nothing here judges or stores an answer.
"use strict";
(() => {
  const all = (css) => [...document.querySelectorAll(css)];
  const one = (css) => document.querySelector(css);
  const box = () => one(".answering textarea");
  const press = (act, pressed) =>
    all(`[data-act="${act}"]`).forEach((it) => it.setAttribute("aria-pressed", String(pressed)));

  // Clocks. The server says how much is used; from then on they run here.
  const seen = new WeakMap();
  const time = (s) => `${Math.floor(s / 60)}:${String(Math.floor(s % 60)).padStart(2, "0")}`;
  function tick(clock) {
    const { used, most, running, limit, name, turn } = clock.dataset;
    const key = [used, most, running, limit, turn].join();
    if (seen.get(clock)?.key !== key) seen.set(clock, { key, from: performance.now() });
    const passed = (performance.now() - seen.get(clock).from) / 1000;
    const now = Number(used || 0) + (running === "1" ? Math.min(passed, Number(most)) : 0);
    const text = `${name} ${time(now)}${limit ? ` of ${time(Number(limit))}` : ""}`;
    if (clock.textContent !== text) clock.textContent = text;
    clock.classList.toggle("late", Boolean(limit) && now > 0.9 * Number(limit));
  }
  function hideClocks(hidden) {
    document.documentElement.classList.toggle("no-clocks", hidden);
    press("clocks", hidden);
  }

  // Two ends of one finding light up together.
  const ends = (of) => all("[data-link]").filter((it) =>
    it.dataset.link.split(" ").some((name) => of.dataset.link.split(" ").includes(name)));
  function light(event) {
    all(".lit").forEach((it) => it.classList.remove("lit"));
    const of = event.target.closest?.("[data-link]");
    if (of) ends(of).forEach((it) => it.classList.add("lit"));
  }

  // The connection. What is typed while it is lost, or is too long to be kept, stays in this window.
  const unsent = () => `unsent:${location.pathname}`;
  const PATIENCE_MS = 5000; // of a page that has just been opened
  const isLost = () => Boolean(window.socket && !window.socket.connected
    && (window.did_handshake || performance.now() > PATIENCE_MS));
  function keep() {
    const text = box()?.value;
    const most = Number(one(".answering")?.dataset.most || Infinity);
    if (text && (isLost() || text.length > most)) sessionStorage.setItem(unsent(), text);
    else if (!isLost()) sessionStorage.removeItem(unsent());
  }
  function type(text) {
    box().value = text;
    box().dispatchEvent(new Event("input", { bubbles: true }));
  }
  // An answer sent into the cut line goes out once the line is back, if nobody has spoken since.
  const wanted = () => `${unsent()}:sent`;
  const sending = () => one(".answering .q-btn.primary");
  const turns = () => one(".answering").dataset.turns;
  function want() {
    if (!isLost() || !box()?.value) return;
    keep();
    sessionStorage.setItem(wanted(), turns());
  }
  let restored = false;
  let lost = false;
  function watch() {
    const line = one(".offline");
    if (line) line.hidden = !isLost();
    if (isLost() && !lost) keep();
    lost = isLost();
    if (lost || !window.did_handshake || !box()) return;
    const text = sessionStorage.getItem(unsent());
    const isSaid = all(".turn.candidate .said").some((it) => it.textContent.trim() === text?.trim());
    const asOf = sessionStorage.getItem(wanted());
    if (!restored && text && !isSaid) type(text);
    if (!restored && asOf === turns()) setTimeout(() => sendAgain(asOf), 300);
    sessionStorage.removeItem(wanted());
    restored = true;
  }
  // It may have arrived by itself meanwhile: the server is told which turn it answers, whatever stands here now.
  let answered = null;
  function sendAgain(asOf) {
    if (!box()?.value) return;
    if (sending().disabled) return void setTimeout(() => sendAgain(asOf), 300);
    answered = asOf;
    sending().click();
    answered = null;
  }

  // Editors: their name for screen readers, their colours, and what is typed while there is no connection.
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const dressed = new WeakMap();
  const editorOf = (frame) => frame && getElement(frame.querySelector("[id^=c]"));
  function dress(frame) {
    const content = frame.querySelector(".cm-content");
    const held = editorOf(frame);
    if (!content || !held?.editor || !window.did_handshake) return;
    const scheme = dark.matches ? "vscodeDark" : "vscodeLight";
    const name = frame.dataset.editor;
    const key = `${unsent()}:${name}`;
    const doc = held.editor.state.doc;
    if (!dressed.has(content)) {
      content.setAttribute("aria-label", name);
      const text = sessionStorage.getItem(key);
      if (text && text !== doc.toString()) held.editor.dispatch({ changes: { from: 0, to: doc.length, insert: text } });
    }
    if (dressed.get(content) !== scheme) held.setTheme(scheme);
    dressed.set(content, scheme);
    if (isLost()) sessionStorage.setItem(key, doc.toString());
    else sessionStorage.removeItem(key);
  }

  // Escape lets Tab leave, whatever else the editor does with it.
  addEventListener("keydown", (event) => {
    const frame = event.key === "Escape" && event.target.closest?.("[data-editor]");
    if (frame) editorOf(frame)?.editor?.setTabFocusMode(5000);
  }, true);

  // Another window on the same interview.
  const others = "BroadcastChannel" in window ? new BroadcastChannel(location.pathname) : null;
  const look = () => { if (box() && window.did_handshake) window.emitEvent?.("seen"); };
  if (others) others.onmessage = look;
  addEventListener("focus", look);

  // A button must not move away between being pressed and let go: that would be no click.
  const PRESS_MS = 1000; // after which a pointer is taken to have been let go of outside the window
  let pressed = -PRESS_MS;
  const isPressed = () => performance.now() - pressed < PRESS_MS;
  addEventListener("pointerdown", () => { pressed = performance.now(); }, true);
  ["pointerup", "pointercancel"].forEach((name) => addEventListener(name, () => { pressed = -PRESS_MS; }, true));

  let saying = "";
  window.room = {
    written: (id) => getElement(id)?.editor?.state.doc.toString() ?? null,
    typed: () => [box().value, Number(answered ?? turns())],
    // NiceGUI counts its messages so that a reconnecting page gets each once; ours are among them.
    listen: () => {
      socket.off("said");
      socket.on("said", ({ _id, more, all: whole }) => {
        if (_id < nextMessageId) return;
        nextMessageId = _id + 1;
        saying = whole ?? saying + more;
        const place = one(".pending .said");
        if (place) place.textContent = saying;
      });
    },
    newest: () => {
      others?.postMessage("said");
      setTimeout(function move() {
        if (isPressed()) return void setTimeout(move, 60);
        const last = all(".transcript .turn").pop();
        const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
        one(".answering")?.scrollIntoView({ block: "end", behavior: calm ? "auto" : "smooth" });
        if (last && last.offsetHeight > innerHeight * 0.6) last.scrollIntoView();
      }, 60);
    },
  };

  // Voice, where the browser has it.
  const Recognition = window.SpeechRecognition || window.webkitSpeechRecognition;
  const note = (text) => { const line = one(".voice-note"); if (line) line.textContent = text; };
  const told = {
    "not-allowed": "The microphone is blocked. Allow it for this address in the browser, or type.",
    "service-not-allowed": "The browser does not offer dictation here. Type instead.",
    "audio-capture": "No microphone was found. Type instead.",
    network: "The browser's dictation cannot be reached. Type instead.",
  };
  let listening = null;
  let reading = false;
  function dictate() {
    if (listening) return listening.stop();
    listening = new Recognition();
    listening.lang = document.documentElement.lang || "en";
    listening.continuous = true;
    listening.onresult = (event) => {
      const heard = [...event.results].slice(event.resultIndex).filter((it) => it.isFinal)
        .map((it) => it[0].transcript.trim()).join(" ");
      if (heard) type([box().value.trimEnd(), heard].filter(Boolean).join(" "));
    };
    listening.onerror = (event) => note(told[event.error] || "");
    listening.onend = () => { listening = null; press("dictate", false); };
    note("Listening. Some browsers send the sound to their maker; this product keeps only the text.");
    press("dictate", true);
    try { listening.start(); } catch { listening = null; note(told["not-allowed"]); }
  }
  function readAloud() {
    reading = !reading;
    press("read-aloud", reading);
    if (reading) say(all(".transcript .interviewer .said").pop());
    else speechSynthesis.cancel();
  }
  function say(words) {
    if (reading && words) speechSynthesis.speak(new SpeechSynthesisUtterance(words.textContent));
  }
  const heardOf = new MutationObserver((changes) => changes.forEach((change) =>
    change.addedNodes.forEach((it) => say(it.matches?.(".interviewer") && it.querySelector(".said")))));
  function offerVoice() {
    if (Recognition) all('[data-act="dictate"]').forEach((it) => { it.hidden = false; });
    if ("speechSynthesis" in window) all('[data-act="read-aloud"]').forEach((it) => { it.hidden = false; });
    const log = one(".transcript");
    if (log && !log.dataset.heard) { log.dataset.heard = "1"; heardOf.observe(log, { childList: true }); }
  }

  // Files, with progress; the page itself shows what became of them.
  function send(picker) {
    const { url, most, bytes } = picker.dataset;
    const files = [...picker.files];
    const say = (text) => { one(".upload-note").textContent = text; };
    say("");
    if (files.length > Number(most)) return say(`At most ${most} files at once.`);
    const large = files.find((file) => file.size > Number(bytes));
    if (large) return say(`${large.name} is larger than ${Number(bytes) / 1e6} MB.`);
    const form = new FormData();
    files.forEach((file, number) => form.append(String(number), file, file.name));
    const bar = one("progress");
    const request = new XMLHttpRequest();
    request.upload.onprogress = (event) => { bar.value = event.loaded / event.total; };
    request.onloadend = () => {
      bar.hidden = true;
      picker.value = "";
      if (request.status !== 200) say("The files did not arrive. Add fewer or smaller ones.");
    };
    bar.hidden = false;
    request.open("POST", url);
    request.send(form);
  }

  const acts = {
    clocks: () => {
      const hidden = !document.documentElement.classList.contains("no-clocks");
      localStorage.setItem("no-clocks", hidden ? "1" : "");
      hideClocks(hidden);
    },
    dictate, "read-aloud": readAloud, print: () => print(),
  };
  addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target === box()) want();
  }, true);
  addEventListener("click", (event) => { if (event.target.closest?.(".answering .q-btn") === sending()) want(); }, true);
  addEventListener("click", (event) => acts[event.target.closest?.("[data-act]")?.dataset.act]?.());
  addEventListener("input", () => {
    keep();
    if (isLost()) sessionStorage.removeItem(wanted());
  });
  addEventListener("change", (event) => {
    if (event.target.matches?.("[data-sends]")) event.target.form?.requestSubmit();
    const sheet = event.target.form;
    if (sheet?.matches("[data-kept]")) history.replaceState(history.state, "", `?${new URLSearchParams(new FormData(sheet))}`);
    if (event.target.matches?.("[data-uploads]") && event.target.files.length) send(event.target);
  });
  ["mouseover", "focusin"].forEach((name) => addEventListener(name, light));
  addEventListener("beforeprint", () => all("details").forEach((it) => { it.open = true; }));
  const each = () => {
    all(".clock").forEach(tick);
    all("[data-editor]").forEach(dress);
    // Quasar's own bar, which shows itself during requests, has no name.
    one(".q-loading-bar")?.setAttribute("aria-label", "Loading");
    watch();
    offerVoice();
    if (one(".clock")) hideClocks(Boolean(localStorage.getItem("no-clocks")));
  };
  setInterval(each, 500);
})();
