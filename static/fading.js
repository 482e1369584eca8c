// From page to page the old one fades into the new one, for whoever likes motion. It stands alone, so that it can be
// known before a page is first shown without holding that up: where it comes too late there is no fading, and nothing
// is lost. It is no rule of the style sheet because the W3C's checker knows none.
{
  const fading = new CSSStyleSheet();
  fading.replaceSync(`@media (prefers-reduced-motion: no-preference) {
    @view-transition { navigation: auto; }
    ::view-transition-old(root), ::view-transition-new(root) { animation-duration: var(--quick); }
  }`);
  document.adoptedStyleSheets.push(fading);

  // One that is broken off, as by a window that is resized meanwhile, is no mistake that anybody need hear of.
  for (const moment of ["pageswap", "pagereveal"]) {
    addEventListener(moment, ({ viewTransition }) => {
      for (const stage of ["updateCallbackDone", "ready", "finished"]) viewTransition?.[stage].catch(() => {});
    });
  }
}
