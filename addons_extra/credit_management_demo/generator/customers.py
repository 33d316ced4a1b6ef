"""The customers: a table to read. Written by partners.py, limits by credit.py."""

from dataclasses import dataclass

UNLIMITED = "unlimited"


@dataclass(frozen=True)
class Customer:
    """One customer of Harbour Trading Co."""

    name: str
    persona: str
    city: str
    limit: float | str | None = None
    """Amount in euro, UNLIMITED, or None when nobody has set up a limit yet."""
    rating: str | None = None
    seller: str = "sales"
    """Login of the salesperson."""
    country: str = "ie"
    currency: str = "EUR"
    terms: str | None = None
    """Payment terms that differ from those of the persona."""
    size: float = 1.0
    """Size of the orders compared with those of the persona."""
    status: str = "normal"
    status_reason: str = ""
    lang: str = "en_US"
    group: str | None = None


def _chinese(name, city, limit, rating, **other):
    return Customer(
        name, "chinese", city, limit, rating, "sales2", "cn", "CNY", lang="zh_CN", **other,
    )


CUSTOMERS = {
    # They pay before they are asked.
    "ballymore": Customer("Ballymore Hardware", "prompt", "Cork", 12000, "aa"),
    "dunmore": Customer("Dunmore Tool Hire", "prompt", "Galway", 10000, "aa", "sales2"),
    "kilbride": Customer("Kilbride Builders Supply", "prompt", "Dublin", 30000, "aaa", size=2.2),
    "rathmore": Customer("Rathmore Ironmongers", "prompt", "Killarney", 5000, "a", size=0.7),
    "clonmel": Customer("Clonmel Fixings", "prompt", "Clonmel", None, seller="sales2"),
    # A week late, always.
    "liffey": Customer("Liffey Trade Counter", "steady", "Dublin", 16000, "a", size=1.3),
    "nore": Customer("Nore Valley Farm Supply", "steady", "Kilkenny", 12000, "a"),
    "slaney": Customer("Slaney Print & Packaging", "steady", "Wexford", 12000, "b", "sales2"),
    "boyne": Customer("Boyne Cold Chain", "steady", "Drogheda", None, size=0.8),
    # A month late, in parts.
    "atlantic": Customer("Atlantic Fit-Out", "slow", "Galway", 14000, "c"),
    "bray": Customer("Bray Shopfitters", "slow", "Bray", 12000, "c", "sales2"),
    "corrib": Customer(
        "Corrib Contracting", "slow", "Galway", 5000, "c", status="watch",
        status_reason="Two promises broken",
    ),
    "tralee": Customer("Tralee Property Services", "slow", "Tralee", 12000, "b", size=0.8),
    # Orders five times as large as a year ago, on yesterday's limit.
    "greenway": Customer("Greenway Modular Homes", "growing", "Limerick", 20000, "b"),
    "nimbus": Customer("Nimbus Pop-Up Stores", "growing", "Dublin", 20000, "b", "sales2"),
    # Three good months a year.
    "tramore": Customer("Tramore Beach Leisure", "seasonal", "Tramore", 12000, "b"),
    "wicklow": Customer("Wicklow Garden Centre", "seasonal", "Wicklow", 30000, "a", "sales2"),
    # Something is always wrong with the invoice.
    "castlebar": Customer("Castlebar Cold Stores", "disputed", "Castlebar", 15000, "b"),
    "quayside": Customer("Quayside Catering Equipment", "disputed", "Cork", 20000, "c", "sales2"),
    # Large, abroad, covered by the insurer.
    "rheinbau": Customer(
        "Rhein-Bau Ausrüstung GmbH", "insured", "Köln", 20000, "a", country="de",
    ),
    "maas": Customer(
        "Maas Logistics B.V.", "insured", "Rotterdam", 20000, "aa", "sales2", country="nl",
    ),
    # Money first.
    "piernine": Customer("Pier Nine Market Traders", "cash", "Cork", 0, "d"),
    "oscar": Customer("Oscar's Pop-Up Bar", "cash", "Cork", 0, "d", "sales2"),
    # Three companies, one family, one limit of 20,000.
    "celtic_north": Customer(
        "Celtic Retail North", "group", "Sligo", 15000, "b", group="celtic", size=1.3,
    ),
    "celtic_south": Customer(
        "Celtic Retail South", "group", "Cork", 12000, "b", group="celtic", size=1.5,
    ),
    "celtic_online": Customer(
        "Celtic Retail Online", "group", "Dublin", 15000, "b", "sales2", group="celtic",
    ),
    # Invoiced in dollars.
    "hudson": Customer(
        "Hudson Yard Supply Inc.", "foreign", "New York", 12000, "a", country="us", currency="USD",
    ),
    "lonestar": Customer(
        "Lone Star Outfitters LLC", "foreign", "Houston", 16000, "b", country="us", currency="USD",
    ),
    # Invoiced in renminbi, written to in Chinese.
    "ningbo": _chinese("宁波海港五金有限公司", "宁波", 25000, "a", size=1.2),
    "hengtong": _chinese("深圳市恒通贸易有限公司", "深圳", 18000, "b"),
    "yuanyang": _chinese("上海远洋船舶用品有限公司", "上海", 25000, "aa"),
    "lanwan": _chinese("青岛蓝湾户外用品有限公司", "青岛", 15000, "c", size=0.8),
    # One of the five largest: assessed from the button to the order that goes through.
    "valentia": Customer("Valentia Island Foods", "key", "Knightstown", 50000, "b", size=0.95),
    # Nobody knows them yet.
    "saltmill": Customer("Salt Mill Brewing", "new", "Bandon", 3000, "c"),
    "kestrel": Customer("Kestrel Robotics", "new", "Dublin", None, seller="sales2"),
    "orchard": Customer("Orchard Lane Bakery", "new", "Mallow", None),
    # No more deliveries.
    "galtee": Customer(
        "Galtee Leisure", "stopped", "Tipperary", 8000, "d", status="stop",
        status_reason="With the collection agency",
    ),
    "sundown": Customer(
        "Sundown Events", "stopped", "Dublin", 0, "d", "sales2", status="stop",
        status_reason="Insolvency proceedings opened", size=0.7,
    ),
    # Pays late, but surely; instalments; less and less.
    "munster": Customer("Munster Regional Hospitals", "public", "Cork", UNLIMITED, "aaa"),
    "skellig": Customer("Skellig Hotels", "instalments", "Kenmare", 25000, "a"),
    "midland": Customer("Midland Motor Factors", "declining", "Athlone", 10000, "b", "sales2"),
    # The quotations of the README belong to these.
    "bantry": Customer("Bantry Boatyard", "story", "Bantry", 10000, "b"),
    "youghal": Customer("Youghal Marine Services", "story", "Youghal", 20000, "a"),
    "kinsale": Customer("Kinsale Yacht Charter", "story", "Kinsale", 10000, "b"),
    "dingle": Customer("Dingle Adventure Centre", "story", "Dingle", 10000, "b"),
    "lismore": Customer("Lismore Kitchens", "story", "Lismore", 10000, "b", "sales2"),
    # Two companies, one family, at its limit to the cent.
    "lough_ree": Customer("Lough Ree Foods", "story", "Athlone", 10000, "b", group="lough"),
    "lough_derg": Customer("Lough Derg Foods", "story", "Killaloe", 10000, "b", group="lough"),
    # More than a year late; a payment that the bank sent back; paid before it ordered; a credit balance.
    "achill": Customer("Achill Island Stores", "story", "Achill", 10000, "c", "sales2"),
    "burren": Customer("Burren Stone & Tile", "story", "Ennis", 10000, "c"),
    "rosslare": Customer("Rosslare Ferry Kiosk", "story", "Rosslare", 0, "d", "sales2"),
    "lagan": Customer("Lagan Paper Merchants", "story", "Lisburn", 5000, "a", "sales2"),
}
