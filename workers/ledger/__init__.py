"""The SQL truth about URLs, hosts, sites and articles. Start at ledger.py: its methods are all that others call."""

from workers.ledger.admit import Admitted
from workers.ledger.articles import Committed, StoredArticle
from workers.ledger.contents import Intake
from workers.ledger.figures import Figures, Fill, HostFigures, Lag, SiteFigures
from workers.ledger.ledger import Ledger
from workers.ledger.lists import NextPage
from workers.ledger.overview import HostRow, SiteLook
from workers.ledger.pages import KeptPage
from workers.ledger.parked import Parked
from workers.ledger.reading import ArticleFile, ArticleRow, Which
from workers.ledger.removal import Removed
from workers.ledger.schedule import ListDue, Lists, Revisits, Schedule, StartDue
from workers.ledger.sites import SiteRow, Start
from workers.ledger.status import Counts, Status
from workers.ledger.stories import StoryArticle
from workers.ledger.sweep import Swept
from workers.ledger.trace import Trace
from workers.ledger.wire import WireRow

__all__ = [
    "Admitted",
    "ArticleFile",
    "ArticleRow",
    "Committed",
    "Counts",
    "Figures",
    "Fill",
    "HostFigures",
    "HostRow",
    "Intake",
    "KeptPage",
    "Lag",
    "Ledger",
    "ListDue",
    "Lists",
    "NextPage",
    "Parked",
    "Removed",
    "Revisits",
    "Schedule",
    "SiteFigures",
    "SiteLook",
    "SiteRow",
    "Start",
    "StartDue",
    "Status",
    "StoredArticle",
    "StoryArticle",
    "Swept",
    "Trace",
    "Which",
    "WireRow",
]
