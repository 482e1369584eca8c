// Shows the API's document in Swagger UI or in ReDoc, whichever the page holds; both stand beside this file.
const swagger = document.getElementById("swagger-ui");
if (swagger) {
  SwaggerUIBundle({
    url: swagger.dataset.document,
    domNode: swagger,
    deepLinking: true,
    validatorUrl: null,
    persistAuthorization: false,
    presets: [SwaggerUIBundle.presets.apis],
  });
}
const redoc = document.getElementById("redoc");
if (redoc) {
  // The search would start a worker from a script that is made up on the spot.
  Redoc.init(redoc.dataset.document, { disableSearch: true, hideDownloadButton: true }, redoc);
}
