"""The document of the API, and two ways to read it that work without any other host."""

import json

from flask import Blueprint, Response, current_app

from storefront.platform import documents, http, security
from storefront.platform.json_api import openapi
from storefront.platform.json_api.operations import ROOT
from storefront.platform.limits import limiter
from storefront.platform.pages import render

bp = Blueprint("api_document", __name__)


@bp.get(f"{ROOT}/openapi.json")
@limiter.exempt
def show() -> Response:
    """The whole document (OpenAPI 3.1)."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - documented
    return documents.document(json.dumps(openapi.remembered(app)), "application/json")


@bp.get(f"{ROOT}/docs")
def swagger() -> Response:
    """The document in Swagger UI."""
    return render("platform/api/swagger.html")


@bp.get(f"{ROOT}/redoc")
def redoc() -> Response:
    """The document in ReDoc, whose styles are made by its script: on this page alone they may be."""
    response = render("platform/api/redoc.html")
    response.headers["Content-Security-Policy"] = security.WITH_STYLES
    return response


@bp.get("/docs")
def docs() -> Response:
    """Where the older API had its Swagger UI."""
    return http.moved(".swagger")


@bp.get("/redoc")
def older_redoc() -> Response:
    """Where the older API had its ReDoc."""
    return http.moved(".redoc")
