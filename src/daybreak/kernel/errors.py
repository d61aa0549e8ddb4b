"""What can go wrong that is not a refusal: a bug, a broken file, a lost race.

    DaybreakError
    ├── BadInput        a file or value somebody gave us cannot be used           exit 10
    ├── BadRule         a rule file breaks the form that makes it trustworthy     exit 11
    ├── NotAllowed      this person may not do this, or it does not exist         exit 12
    ├── ExampleFailed   a worked example in a rule file no longer holds           exit 13
    └── LostRace        somebody else was first; trying again may succeed         exit 14

A refusal that a family or provider can cause is never raised: it is a `No` with reasons (see decisions.py).
"""


class DaybreakError(Exception):
    """The root. `exit_code` is what the command line answers with."""

    exit_code = 1


class BadInput(DaybreakError):
    """A file or value from outside cannot be used; the sentence says where, why, and what to do.

    >>> str(BadInput("'02/30' is not a day.", source="roster.csv", line=214, do="Fix the line and send it again."))
    "roster.csv, line 214: '02/30' is not a day. Fix the line and send it again."
    """

    exit_code = 10

    def __init__(self, problem: str, *, source: str = "", line: int | None = None, do: str = "") -> None:
        where = ", ".join(part for part in (source, f"line {line}" if line is not None else "") if part)
        super().__init__(" ".join(part for part in (f"{where}:" if where else "", problem, do) if part))
        self.source, self.line, self.problem, self.do = source, line, problem, do


class BadRule(DaybreakError):
    """A rule file is undated, uncited, out of order or otherwise not to be trusted."""

    exit_code = 11


class NotAllowed(DaybreakError):
    """The same answer for what is forbidden and for what does not exist."""

    exit_code = 12


class ExampleFailed(DaybreakError):
    """A rule file's own worked example disagrees with its values."""

    exit_code = 13


class LostRace(DaybreakError):
    """Another writer was first and the action was rolled back as a whole."""

    exit_code = 14
