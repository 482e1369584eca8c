"""`storefront up`: bring the whole family up, keep it up, and take it down without an orphan."""

from storefront.config import Settings
from storefront.embedded import patience
from storefront.embedded.place import data_folder
from storefront.up import door, family, say, starting
from storefront.up.family import Family


def up(settings: Settings) -> None:
    """Start everything, watch it until we are asked to stop, then stop everything. Raises Trouble."""
    patience.listen()
    var = data_folder(settings.storefront_var)
    with family.alone(var):
        family.stop_left_behind(var)
        with door.opened(settings.host, settings.port) as listening:
            members = Family()
            try:
                say.opening(var)
                starting.everything(settings, var, listening, members)
                say.ready(var, listening)
                members.watch()
            except patience.CalledOff:
                say.line("Stopping …")
            finally:
                members.stop()
    say.line("Stopped.")
