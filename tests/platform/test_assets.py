"""Static files are small on the wire and kept by browsers for as long as they stay the same."""

from flask import Flask, url_for
from flask.testing import FlaskClient

KEPT = "public, max-age=31536000, immutable"


def address(app: Flask, name: str) -> str:
    with app.test_request_context():
        return url_for("static", filename=name)


def sent(client: FlaskClient, where: str) -> tuple[int, dict[str, str]]:
    with client.get(where, headers={"Accept-Encoding": "br"}, buffered=True) as answer:
        return len(answer.data), dict(answer.headers)


def test_a_named_version_is_kept_for_a_year(app: Flask, client: FlaskClient) -> None:
    where = address(app, "site.css")
    assert "?v=" in where
    _, headers = sent(client, where)
    assert headers["Cache-Control"] == KEPT
    assert headers["Content-Encoding"] == "br"


def test_without_a_version_it_is_asked_for_again_within_the_hour(client: FlaskClient) -> None:
    assert sent(client, "/static/site.css")[1]["Cache-Control"] == "public, max-age=3600"


def test_the_display_face_keeps_the_address_the_style_sheet_names(app: Flask, client: FlaskClient) -> None:
    where = address(app, "vendor/fraunces/fraunces.woff2")
    assert "?" not in where
    assert sent(client, where)[1]["Cache-Control"] == KEPT


def test_scripts_fit_in_seventeen_kibibytes(client: FlaskClient) -> None:
    scripts = ("site.js", "vendor/htmx/htmx-4.0.1.min.js")
    assert sum(sent(client, f"/static/{name}")[0] for name in scripts) <= 17 * 1024


def test_what_does_not_change_is_squeezed_once_and_known_again(client: FlaskClient) -> None:
    small, headers = sent(client, "/static/site.css")
    assert "Accept-Encoding" in headers["Vary"]
    with client.get("/static/site.css", headers={"Accept-Encoding": "gzip"}, buffered=True) as answer:
        assert answer.headers["Content-Encoding"] == "gzip"
        assert len(answer.data) > small
    known = {"Accept-Encoding": "br", "If-None-Match": headers["ETag"]}
    with client.get("/static/site.css", headers=known) as answer:
        assert answer.status_code == 304


def test_files_are_told_only_what_files_can_do(client: FlaskClient) -> None:
    _, headers = sent(client, "/static/site.css")
    assert headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert headers["Referrer-Policy"] == "no-referrer"
