"""The demo site: a small news site on loopback, with the furniture and the traps of a real one.

`DemoSite` serves three virtual hosts on one port. It imports nothing from the rest of the package, so that what it
expects (`truth`, `traps`) is not computed by the code that it tests.
"""

from workers.demo.server import Asked
from workers.demo.site import DemoSite
from workers.demo.story import Expected, Story
from workers.demo.traps import TRAPS, Trap

__all__ = ["TRAPS", "Asked", "DemoSite", "Expected", "Story", "Trap"]
