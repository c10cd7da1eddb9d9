"""What could both sides sign? Packages weighed exactly, on the mediators' own machine (docs/specs/packages.md)."""

from detente.analysis.packages import genius
from detente.analysis.packages.adjusted_winner import Award, Division, Item, adjusted_winner, winnable
from detente.analysis.packages.answer_json import write_answer
from detente.analysis.packages.answering import Answer, Shortlisted, Unanswered, answer
from detente.analysis.packages.answers import EXACT, Certainty, Frontier, Solution
from detente.analysis.packages.assessments import Assessment, assessments
from detente.analysis.packages.concessions import Concession, Concessions, Cost, Costs, concessions, costs
from detente.analysis.packages.conditions import Condition
from detente.analysis.packages.counting import acceptable_packages
from detente.analysis.packages.domain import Choice, Domain, Issue, Never, OnlyIf, Package, Rule, keeps
from detente.analysis.packages.elicited import (
    Document,
    StatedIssue,
    document_text,
    domain_of,
    preferences_of,
    read_document,
)
from detente.analysis.packages.frontier import frontier, sampled
from detente.analysis.packages.improvements import (
    Improvement,
    PostSettlement,
    improvement,
    improvements,
    post_settlement,
)
from detente.analysis.packages.optimum import egalitarian, kalai_smorodinsky, leximin, nash, utilitarian
from detente.analysis.packages.preferences import BUDGET, PairValue, Preferences, Ranges, worth
from detente.analysis.packages.problem import Outcome, Problem
from detente.analysis.packages.problem_file import read_problem, write_problem
from detente.analysis.packages.relaxations import Relaxation
from detente.analysis.packages.robustness import (
    Region,
    Verdict,
    Winner,
    robustness,
    whatever_the_points,
    within_per_cent,
)
from detente.analysis.packages.size import Size, estimate
from detente.analysis.packages.solutions import solutions_on
from detente.analysis.packages.zone import Width, Zone, zone

__all__ = [
    "BUDGET",
    "EXACT",
    "Answer",
    "Assessment",
    "Award",
    "Certainty",
    "Choice",
    "Concession",
    "Concessions",
    "Condition",
    "Cost",
    "Costs",
    "Division",
    "Document",
    "Domain",
    "Frontier",
    "Improvement",
    "Issue",
    "Item",
    "Never",
    "OnlyIf",
    "Outcome",
    "Package",
    "PairValue",
    "PostSettlement",
    "Preferences",
    "Problem",
    "Ranges",
    "Region",
    "Relaxation",
    "Rule",
    "Shortlisted",
    "Size",
    "Solution",
    "StatedIssue",
    "Unanswered",
    "Verdict",
    "Width",
    "Winner",
    "Zone",
    "acceptable_packages",
    "adjusted_winner",
    "answer",
    "assessments",
    "concessions",
    "costs",
    "document_text",
    "domain_of",
    "egalitarian",
    "estimate",
    "frontier",
    "genius",
    "improvement",
    "improvements",
    "kalai_smorodinsky",
    "keeps",
    "leximin",
    "nash",
    "post_settlement",
    "preferences_of",
    "read_document",
    "read_problem",
    "robustness",
    "sampled",
    "solutions_on",
    "utilitarian",
    "whatever_the_points",
    "winnable",
    "within_per_cent",
    "worth",
    "write_answer",
    "write_problem",
    "zone",
]
