"""When what a page tells of was last changed: one number for each tag, all from one counter.

A build notes the counter before it reads anything. Its page is good as long as none of its tags bears
a higher number: so it does not matter that a page knows only at its end what it tells of, and a build
that began before a change is never taken for one that has seen it.

Numbers are microseconds, and always higher than the last one: none is given out twice, also when
Valkey forgot everything. A tag that Valkey forgot might have been changed, so what bears it is not good.
"""

from collections.abc import Collection, Sequence

from storefront.platform.caching.line import Line

COUNTER = "tags"
TAG = "tag:"
REMEMBERED = 600  # seconds; a worker looks every few, and what it does not find it says once more

_READ = """
local function read(key)
    local found = redis.pcall('GET', key)
    return type(found) == 'string' and tonumber(found) or nil
end
local function write(key, number) redis.call('SET', key, string.format('%.0f', number)) end
local function fresh()
    local time = redis.call('TIME')
    return time[1] * 1000000 + time[2]
end
local function counter()
    local found = read(KEYS[1])
    if not found then
        found = fresh()
        write(KEYS[1], found)
    end
    return found
end
"""
_NOW = f"{_READ} return string.format('%.0f', counter())"

# A full server refuses to write, but never to delete: then the tags are missing, which says enough.
_BUMP = f"""{_READ}
local number = math.max((read(KEYS[1]) or 0) + 1, fresh())
redis.call('DEL', unpack(KEYS))
for _, key in ipairs(KEYS) do write(key, number) end
if ARGV[1] then redis.call('SET', ARGV[1], 1, 'EX', ARGV[2]) end
"""

# A tag without a number gets the counter's, as if it had been changed just now: only who began
# after the last change of anything may use that at once.
_REGISTER = f"""{_READ}
local now, began, good = counter(), tonumber(ARGV[1]), 1
for place = 2, #KEYS do
    local number = read(KEYS[place])
    if not number then
        number = now
        redis.call('DEL', KEYS[place])
        write(KEYS[place], number)
    end
    if number > began then good = 0 end
end
return good
"""


class Versions:
    """The numbers of all tags, in Valkey. Every question raises Gone when it does not answer."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._now, self._bump, self._register = map(line.server.register_script, (_NOW, _BUMP, _REGISTER))

    def now(self) -> int:
        """The number of the last change of anything; a build notes it before it reads."""
        return int(self._line.ask(lambda _server: self._now(keys=[COUNTER])))

    def bump(self, tags: Collection[str], owed: int | None = None) -> None:
        """Whatever tells of these has changed just now; with it, remember that this was said."""
        keys = [COUNTER, *map(_key, sorted(tags))]
        said = [f"told:{owed}", str(REMEMBERED)] if owed else []
        self._line.ask(lambda _server: self._bump(keys=keys, args=said))

    def told(self, owed: Sequence[int]) -> set[int]:
        """Which of these bumps were said."""
        if not owed:
            return set()
        marks = self._line.ask(lambda server: server.mget([f"told:{number}" for number in owed]))
        return {number for number, mark in zip(owed, marks, strict=True) if mark}

    def register(self, tags: Collection[str], began: int) -> bool:
        """Give a number to tags that have none; whether all are as they were when `began` was noted."""
        keys = [COUNTER, *map(_key, sorted(tags))]
        return bool(self._line.ask(lambda _server: self._register(keys=keys, args=[began])))

    def unchanged(self, tags: Collection[str], began: int) -> bool:
        """Whether nothing that these stand for has changed since `began`."""
        if not tags:
            return True
        numbers = self._line.ask(lambda server: server.mget([_key(tag) for tag in tags]))
        return all(number is not None and _is_until(number, began) for number in numbers)


def _key(tag: str) -> str:
    return f"{TAG}{tag}"


def _is_until(number: bytes | str, began: int) -> bool:
    return number.isdigit() and int(number) <= began
