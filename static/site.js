// What HTML, CSS and htmx cannot do. The shop works whole without this file.

// Public pages know nobody: the header's personal part is fetched only when a cookie hints that there is
// something to show. It is written here, where somebody sends a form or is at a page of their own, and taken
// back when there was nothing, so that no cookie of the server's has to be one that scripts can read.
function hint(seconds) {
  document.cookie = `sf_known=1;path=/;samesite=lax;max-age=${seconds}${location.protocol === "https:" ? ";secure" : ""}`;
}
function announce() {
  if (/\/(cart|checkout|account)\b/.test(location.pathname)) hint(2592000);
  if (/(?:^|; )sf_known=/.test(document.cookie)) document.body.dispatchEvent(new CustomEvent("sf:known"));
}
document.addEventListener("submit", ({ target }) => target.method === "post" && hint(2592000), true);
document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  if (ctx?.target?.id === "cart-badge" && !ctx.target.textContent.trim()) hint(0);
});

setTimeout(announce); // htmx, loaded just before, starts in a timeout of its own.
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  // The page was left while a request was under way; whoever comes back finds it at rest.
  for (const waiting of document.querySelectorAll(".htmx-request")) waiting.classList.remove("htmx-request");
  announce();
});
document.addEventListener("htmx:after:swap", (event) => {
  if (event.detail.ctx?.target === document.body) announce();
});

// A morph leaves a box or a radio button as the hand left it. For radio buttons and for filters, whose state
// is in the address, the answer knows better; a box ticked in the checkout meanwhile stays as it is.
document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  if (!/Morph/.test(ctx?.swap)) return;
  for (const input of ctx.target.querySelectorAll("[type=radio], form:not([method=post]) [type=checkbox]")) {
    input.checked = input.defaultChecked;
  }
});

// What a hand changed after a question was sent is newer than the answer: it stays.
const touched = new WeakMap();
for (const kind of ["input", "change"]) {
  document.addEventListener(kind, ({ target }) => touched.set(target, performance.now()), true);
}
document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => (ctx.asked = performance.now()));
document.addEventListener("htmx:before:swap", ({ detail: { ctx } }) => {
  const newer = (field) => touched.get(field) > ctx.asked;
  const fields = ctx.target?.querySelectorAll?.("input, select, textarea") ?? [];
  ctx.newer = [...fields].filter(newer).map((field) => [field, field.value]);
});
document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  for (const [field, value] of ctx?.newer ?? []) if (field.value !== value) field.value = value;
});

// Whoever pressed a button that the answer took away goes on in the region it stood in.
document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  const lost = document.activeElement === document.body;
  if (lost && ctx?.target.matches("[tabindex='-1']")) ctx.target.focus({ preventScroll: true });
});

// What a live region has to say is said where it can be seen.
document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  const said = ctx?.target?.matches?.("[aria-live]") && !ctx.target.querySelector(".mini");
  if (said) ctx.target.scrollIntoView({ block: "nearest" });
});

// What was put into the cart is told beside the page; its second way on, or Escape, puts it away.
function putAway() {
  const panel = document.querySelector("#added > .mini");
  if (panel?.contains(document.activeElement)) document.querySelector(".buy .button")?.focus();
  panel?.remove();
  return panel;
}

// Views of a product. Thumbs move the row, and the row tells the thumbs where it stands; a view that fills the
// screen is one step for whoever goes back, however many of its neighbours were looked at.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#'], [data-put-away]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const way = link.hash;
  if (link.closest(".thumbs")) document.querySelector(way).scrollIntoView({ block: "nearest", inline: "start" });
  else if (link.closest(".zoom")) location.replace(way);
  else if (!link.matches("#added [data-put-away]") || !putAway()) return;
  event.preventDefault();
});
function toItsMiddle() {
  const stage = document.querySelector(".zoom:target .zoom-stage");
  if (stage) stage.scrollLeft = (stage.scrollWidth - stage.clientWidth) / 2;
}

addEventListener("hashchange", toItsMiddle);
addEventListener("load", toItsMiddle);
document.addEventListener("keydown", ({ key }) => {
  const open = document.querySelector(".zoom:target");
  const way = { Escape: ".zoom-close", ArrowLeft: "[rel=prev]", ArrowRight: "[rel=next]" }[key];
  if (open) open.querySelector(way ?? "none")?.click();
  else if (key === "Escape") putAway();
});
document.addEventListener("scroll", ({ target }) => {
  if (!target.matches?.(".views")) return;
  const at = Math.round(target.scrollLeft / target.firstElementChild.offsetWidth);
  document.querySelectorAll(".thumbs a").forEach((thumb, place) => thumb.toggleAttribute("aria-current", place === at));
}, true);
document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  if (ctx?.target?.id === "product") document.querySelector(".views")?.scrollTo({ left: 0, behavior: "instant" });
});

// Arrows go through what is suggested below a search box, Escape puts it away.
document.addEventListener("keydown", (event) => {
  const box = event.target.closest?.(".find");
  const stops = box ? [box.querySelector("input"), ...box.querySelectorAll(".suggestions a")] : [];
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.key === "Escape" && stops.length > 1) box.querySelector(".suggestions > div").remove();
  else if (!step || stops.length < 2 || !stops.includes(event.target)) return;
  event.preventDefault();
  stops[step ? (stops.indexOf(event.target) + step + stops.length) % stops.length : 0].focus();
});

// The two buttons around a quantity; the number field between them works alone.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-step]");
  const field = button?.closest(".stepper").querySelector("input");
  if (!field) return;
  const before = field.value;
  if (button.dataset.step === "up") field.stepUp();
  else field.stepDown();
  if (field.value !== before) field.dispatchEvent(new Event("change", { bubbles: true }));
});

// No connection: we cannot know whether the form arrived, so the page says how to find out.
function offline(event, shown) {
  const source = event.detail.ctx?.sourceElement;
  const message = source?.closest("form")?.querySelector("[data-offline]");
  if (!message) return;
  message.hidden = !shown;
  if (shown) message.focus();
}

document.addEventListener("htmx:before:request", (event) => offline(event, false));
document.addEventListener("htmx:error", (event) => event.detail.ctx?.response || offline(event, true));
