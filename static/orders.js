// The order desk, where scripts run: a button prints. Without them the browser's own menu does.
for (const button of document.querySelectorAll("[data-print]")) button.hidden = false;
document.addEventListener("click", ({ target }) => {
  if (target.closest?.("[data-print]")) print();
});
