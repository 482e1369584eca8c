"""Who brings parcels, and where each of them can be followed."""

from dataclasses import dataclass
from urllib.parse import quote


@dataclass(frozen=True, slots=True)
class Carrier:
    """A carrier by its name, and the address of its page about one parcel."""

    name: str
    page: str

    def follow(self, number: str) -> str:
        """Where a parcel can be followed."""
        return self.page.format(quote(number, safe=""))


CARRIERS = {
    "dhl": Carrier("DHL", "https://www.dhl.com/global-en/home/tracking.html?tracking-id={}"),
    "dpd": Carrier("DPD", "https://tracking.dpd.de/status/en_US/parcel/{}"),
    "gls": Carrier("GLS", "https://gls-group.com/track/{}"),
    "hermes": Carrier(
        "Hermes", "https://www.myhermes.de/empfangen/sendungsverfolgung/sendungsinformation/#{}"
    ),
    "ups": Carrier("UPS", "https://www.ups.com/track?tracknum={}"),
    "fedex": Carrier("FedEx", "https://www.fedex.com/fedextrack/?trknbr={}"),
    "post-at": Carrier("Österreichische Post", "https://www.post.at/sv/sendungsdetails?snr={}"),
    "post-ch": Carrier("Swiss Post", "https://service.post.ch/ekp-web/ui/entry/search/{}"),
    "royal-mail": Carrier("Royal Mail", "https://www.royalmail.com/track-your-item#/tracking-results/{}"),
    "usps": Carrier("USPS", "https://tools.usps.com/go/TrackConfirmAction?tLabels={}"),
}
