// The order desk, where scripts run: a button prints. Without them it is not there, and the browser's own menu does.
document.addEventListener("click", ({ target }) => {
  if (target.closest?.("[data-print]")) print();
});
