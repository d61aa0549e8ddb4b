"""How are the warnings and limits of a tax year said in English, on the command line and in files?"""

from daybreak.plan.tax.terms import Limit, TaxYear, Warned

CAUTION = "Not tax advice: ask whoever answers for your taxes. What is not modeled stands at the top of each rule."

WARNINGS = {
    "fsa-over-limit": "What is set aside from pay is {over} over the limit by itself.",
    "crosses-limit": "{day}: this crosses the limit; {over} of it is added to pay.",
    "over-limit": "{day}: the limit is reached; {over} is added to pay.",
    "not-dependent-care": "{day}: this is not dependent care; {over} is added to pay.",
    "limited-by-plan": "The plan's own limit for highly paid employees is lower than the law's; {over} is over it.",
    "limited-by-earned-income": "No more stays out of pay than the employee earned; {over} is over that.",
    "limited-by-spouse-income": "No more stays out of pay than the spouse earned; {over} is over that.",
    "highly-paid": "If the benefit fails a test of section 129(d), all of it is added to a highly paid employee's pay.",
}
LIMITS = {
    "law": "the law's limit",
    "plan": "the plan's limit for highly paid employees",
    "earned-income": "what the employee earned",
    "spouse-income": "what the spouse earned",
}


def warning(warned: Warned) -> str:
    """One warning as a sentence."""
    return WARNINGS[warned.code].format(day=warned.day, over=warned.over)


def limit(found: Limit) -> str:
    """What the limit is, and why."""
    return f"{found.most}, {LIMITS[found.because]}"


def sentences(year: TaxYear) -> list[str]:
    """A tax year in a few lines."""
    return [
        f"Dependent care help: {year.total}, which goes into box 10 of the W-2. The limit is {limit(year.limit)}.",
        f"Left out of pay: {year.excluded}. Added to boxes 1, 3 and 5: {year.boxes_1_3_5_added}.",
        *(warning(warned) for warned in year.warnings),
    ]
