"""The disclosure score: what a provider's report tells, point by point, each with its evidence."""

from sagwan.compare.score.model import Answer, Evidence, Point, Sheet
from sagwan.compare.score.policies import TOPICS, Policy, policies
from sagwan.compare.score.score import SCHEMES, NoFigures, Protection, protections, reporting, score

__all__ = [
    "SCHEMES",
    "TOPICS",
    "Answer",
    "Evidence",
    "NoFigures",
    "Point",
    "Policy",
    "Protection",
    "Sheet",
    "policies",
    "protections",
    "reporting",
    "score",
]
