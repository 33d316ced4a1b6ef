"""What financial statements are made of, as they are read from top to bottom."""

ITEMS = {
    "assets_current": "Current assets",
    "receivables": "Trade receivables",
    "inventories": "Inventories",
    "assets": "Total assets",
    "liabilities_current": "Current liabilities",
    "liabilities": "Total liabilities",
    "retained_earnings": "Retained earnings",
    "equity": "Total equity",
    "sales": "Sales",
    "ebit": "EBIT",
    "interest": "Interest expense",
    "profit": "Net profit",
    "cash_flow": "Operating cash flow",
}
