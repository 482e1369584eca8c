"""The yardstick: a Flask application whose one view returns a constant."""

import os

from flask import Flask, Response

app = Flask(__name__)
BODY = b"x" * int(os.environ.get("CONSTANT_BYTES", "20480"))


@app.get("/products")
def products() -> Response:
    return Response(BODY, mimetype="text/html")


@app.get("/livez")
def live() -> Response:
    return Response("ok\n", mimetype="text/plain")
