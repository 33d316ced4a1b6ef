"""What follows from scores: rules, and what they did with the scores of today."""

RULES = (
    ("Review who gets worse", "变差即复审", {"when": "class_down", "action": "review", "days_due": 14}),
    ("Tell of a steep fall", "大幅下降即通知", {"when": "fall", "points": 5, "action": "alert", "days_due": 3}),
    ("Stop who pays latest of all", "付款最迟即停止赊销", {"when": "worst", "factor": "days_late", "action": "hold"}),
)


def write(env):
    """Write the rules, and let them look at the last scores, as the night does."""
    kind = env.ref("credit_management.review_kind_regular")
    for english, chinese, values in RULES:
        rule = env["credit.score.rule"].create({"name": english, "kind_id": kind.id, **values})
        rule.with_context(lang="zh_CN").name = chinese
    scores = env["credit.score"].sudo().search([("is_last", "=", True)])  # as the job
    for score, rules in scores._find_rule_hits().items():
        score._act_alone(rules)
