# The shop's image: one for web, worker and migrations. PostgreSQL and Valkey have images of their own.
FROM python:3.13-slim AS build
WORKDIR /shop
COPY .ci/uv.txt .ci/uv.txt
RUN pip install --no-cache-dir --require-hashes --requirement .ci/uv.txt
COPY requirements.txt .
RUN uv venv /venv && uv pip install --no-cache --python /venv/bin/python --require-hashes --requirement requirements.txt
COPY pyproject.toml README.md LICENSE ./
COPY storefront storefront
RUN uv pip install --no-cache --python /venv/bin/python --offline --no-deps --editable .

FROM python:3.13-slim
RUN useradd --system --create-home --home-dir /data shop
COPY --from=build /venv /venv
WORKDIR /shop
COPY --from=build /shop/pyproject.toml ./
COPY wsgi.py ./
COPY migrations migrations
COPY static static
COPY templates templates
COPY storefront storefront
ENV PATH=/venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 STOREFRONT_VAR=/data HOST=0.0.0.0
USER shop
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s CMD ["python", "-c", "import urllib.request as web; web.urlopen('http://127.0.0.1:8000/livez', timeout=2)"]
CMD ["gunicorn", "--config", "python:storefront.server", "wsgi:app"]
