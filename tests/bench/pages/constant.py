"""The cheapest page there is: 20 KB of HTML that is always the same."""

ADDRESS = "/constant"
_WORDS = "<p>What is written once and read often, by people who are looking for something else.</p>\n"
PAGE = f"<!doctype html><title>Constant</title>\n{_WORDS * (20_000 // len(_WORDS))}"
