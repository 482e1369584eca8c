"""Parts of addresses that are keys of the database."""

from werkzeug.routing import IntegerConverter, Map

from storefront.platform.json_api.kinds import MAX_BIGINT


class KeyConverter(IntegerConverter):
    """What a bigint column can hold, written in one way; anything else is nowhere."""

    regex = r"[1-9][0-9]{0,18}"

    def __init__(self, map: Map) -> None:  # noqa: A002 - as werkzeug calls it
        super().__init__(map, min=1, max=MAX_BIGINT)
