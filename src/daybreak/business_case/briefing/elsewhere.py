"""What others claim, what was really measured, who offers it, and the questions that any case must answer."""

from daybreak.business_case.arithmetic import agrees, worked_out
from daybreak.business_case.briefing.parts import Told, figure, text
from daybreak.business_case.briefing.people import fact_line
from daybreak.business_case.briefing.terms import CASE, Bullets, Cell, Paragraph, Section, Table
from daybreak.business_case.briefing.wording import Wording, by_unit, signed
from daybreak.business_case.drawing import quantities_of
from daybreak.business_case.terms import Basis, Quantity


def claims(told: Told) -> Section:
    """The published claims, each with its grade and weakness; those loaded, beside the case as evidenced."""
    words, case = told.words, told.case
    heads = (
        text(words.gettext("Who says so")),
        text(words.gettext("What is claimed")),
        text(words.gettext("Grade")),
        text(words.gettext("Weakness")),
    )
    rows = tuple(
        (
            text(f"{words.said(claim.who)}, {claim.year}", *claim.sources),
            text(words.said(claim.said)),
            text(str(claim.grade)),
            text(words.said(claim.weakness)),
        )
        for claim in told.library.claims.values()
    )
    lines = [
        Paragraph(
            words.gettext("If it were so here ({who}): a return of {roi}, {range}, and {chance} draws pay.").format(
                who=words.said(one.claim.who),
                roi=words.percent(one.answer.roi.p50),
                range=words.range_of(one.answer.roi, words.percent),
                chance=words.chance(one.answer.chance),
            ),
            (CASE, *one.claim.sources),
        )
        for one in case.as_claimed
    ]
    told_here = Paragraph(
        words.gettext("{reading}: {roi}, {range}.").format(
            reading=told.reading,
            roi=words.percent(case.answer.roi.p50),
            range=words.range_of(case.answer.roi, words.percent),
        ),
        (CASE,),
    )
    table = Table(words.gettext("The library of claims"), heads, rows, (), (8, 13, 3, 18))
    title = words.gettext("Published claims have no comparison behind them")
    return Section("claims", title, (Bullets((told_here, *lines)), table))


def sums(told: Told) -> Section:
    """Published sums worked out again."""
    words = told.words
    checks = [(claim, check) for claim in told.library.claims.values() for check in claim.checks]
    wrong = sum(not agrees(check) for _, check in checks)
    rows = tuple(
        (
            text(f"{words.said(claim.who)}: {words.said(check.what)}", *claim.sources),
            figure(_printed(words, check.unit, check.published)),
            figure(_printed(words, check.unit, worked_out(check), is_exact=True)),
            text(words.gettext("yes") if agrees(check) else words.gettext("no: the parts were rounded first")),
        )
        for claim, check in checks
    )
    heads = (
        text(words.gettext("Sum")),
        figure(words.gettext("printed")),
        figure(words.gettext("worked out")),
        text(words.gettext("agrees")),
    )
    title = words.gettext(
        "Of {all} published sums {wrong} does not come out, and one counts a deduction as a return"
    ).format(all=len(checks), wrong=wrong)
    return Section(
        "sums",
        title,
        (
            _patagonia(told),
            Table(words.gettext("Published sums worked out again"), heads, rows, (), (9, 3, 3, 3)),
        ),
    )


def _printed(words: Wording, unit: str, value: float, *, is_exact: bool = False) -> str:
    if unit == "share":
        return words.percent(value, digits=1 if is_exact else 0)
    if value == int(value):
        return signed(value, 0)
    return f"{value:,.2f}"


def _patagonia(told: Told) -> Table:
    words = told.words
    names = {
        "as-published": words.gettext("As published: credit, and tax on the whole cost"),
        "law-of-2016": words.gettext("By the law of 2016: the credit is limited and cuts the deduction"),
        "law-of-2026": words.gettext("By the law of 2026: credit of 40 percent, tax of 21"),
        "credit-alone": words.gettext("The credit alone: a deduction is not a return"),
    }
    rows = tuple(
        (
            text(names[one.way]),
            figure(words.percent(one.through_tax, digits=2)),
            figure(words.percent(one.in_all, digits=2)),
        )
        for one in told.recovered
    )
    heads = (
        text(words.gettext("Patagonia's 1,000,000 a year")),
        figure(words.gettext("back through taxes")),
        figure(words.gettext("back in all")),
    )
    return Table(words.gettext("One sum, counted four ways"), heads, rows, ("patagonia-2016", "usc-45f"), (8, 3, 3))


def measured(told: Told) -> Section:
    """What studies with a comparison found."""
    words = told.words
    lines = tuple(fact_line(words, fact) for fact in told.library.facts_on("causal"))
    grades = words.gettext(
        "Grades: A register, trial, natural experiment or cohort; B official survey or count; C seller, "
        "advocacy, press or "
        "users' own report; D a derivation or an assumption."
    )
    title = words.gettext("No study with a comparison group of employer backup care was found")
    return Section("measured", title, (Bullets(lines), Paragraph(grades)))


def peers(told: Told) -> Section:
    """Who offers it, as published."""
    words = told.words
    heads = (
        text(words.gettext("Employer")),
        text(words.gettext("Since")),
        text(words.gettext("What was published")),
        text(words.gettext("Read on")),
    )
    rows = tuple(
        (
            Cell(peer.name, refs=peer.sources),
            text(_since(words, peer.since)),
            text(f"{words.said(peer.said)} ({peer.grade})"),
            text(peer.read_on),
        )
        for peer in told.library.peers
    )
    title = words.gettext(
        "{count} large employers offer it or did, by published accounts, for baristas as for engineers"
    ).format(count=len(rows))
    share = tuple(fact_line(words, fact) for fact in told.library.facts_on("prevalence"))
    table = Table(words.gettext("Who offers what, as published"), heads, rows, (), (4, 3, 10, 3))
    return Section("peers", title, (Bullets(share), table))


def _since(words: Wording, since: str) -> str:
    said, _, year = since.rpartition(" ")
    if said == "before":
        return words.gettext("before {year}").format(year=year)
    return words.gettext("the 1990s") if since == "1990s" else since


def questions(told: Told) -> Section:
    """The twelve questions of a skeptic, each answered on its face."""
    words, case = told.words, told.case
    spill = case.answer.roi_without_retention
    pairs = (
        (
            words.gettext("Compared with whom?"),
            words.gettext("With the same employees without it. Figures of users beside others are not used."),
        ),
        (
            words.gettext("Is a used day a saved day?"),
            words.gettext(
                "Not always: {share} of used days save a workday in the middle draw, and none that was not lost."
            ).format(share=words.percent(_middle_of(told, "additionality"))),
        ),
        (
            words.gettext("Whose money?"),
            words.gettext("Three ledgers, employer, employees and Treasury, line by line; they add up."),
        ),
        (
            words.gettext("Is retention counted twice?"),
            words.gettext("No. It stands alone, through leavers only, and without it the return is {roi}.").format(
                roi=words.percent(spill.p50)
            ),
        ),
        (
            words.gettext("Are those who answered the users?"),
            words.gettext(
                "In sellers' surveys, yes: only users, and their response is not published. They are graded C."
            ),
        ),
        (
            words.gettext("Was a pilot stretched to a year?"),
            words.gettext("In one famous case, yes: 3 days became 12. Nothing is stretched here."),
        ),
        (
            words.gettext("What if twice as many use it?"),
            words.gettext(
                "The cost of care doubles with the days; the first to join may need it most. See reach in what decides."
            ),
        ),
        (
            words.gettext("Does it work on the snow day?"),
            words.gettext(
                "Only used days are counted. How often a request is filled is not published by any seller: ask for it."
            ),
        ),
        (
            words.gettext("Is the deduction counted as a return?"),
            words.gettext("No. Costs and gains are both taxed; the credit cuts the deduction by its own amount."),
        ),
        (
            words.gettext("Would something cheaper do the same?"),
            words.gettext("It is compared with money alone, reserved spots, paid days and nothing, on the same draws."),
        ),
        (
            words.gettext("Who is left out?"),
            words.gettext(
                "The model takes all shifts, places and children alike. Night work, country places and children "
                "with special "
                "needs are harder to serve; ask for figures by shift and by site."
            ),
        ),
        (
            words.gettext("What would change your mind?"),
            words.gettext("The break-even of each input stands beside it, and the pilot that would find it."),
        ),
    )
    heads = (text(words.gettext("Question")), text(words.gettext("Answer")))
    rows = tuple((text(question), text(answer)) for question, answer in pairs)
    title = words.gettext("Twelve questions a skeptic asks, and the answers")
    return Section("questions", title, (Table(title, heads, rows, (CASE,), (5, 9)),))


def _middle_of(told: Told, key: str) -> float:
    return told.case.inputs.quantities[key].middle


def open_questions(told: Told) -> Section:
    """What is not known, and the room kept for this employer's own evidence and stories."""
    words = told.words
    unknown = (
        words.gettext(
            "The price of a day, the yearly fee and the share of requests filled: ask at least two sellers, in writing."
        ),
        words.gettext(
            "How many employees have a child under 13, by job family: only a survey or the benefits records can say."
        ),
        words.gettext("How many gap days are lost today, and how many of them without pay, by job family."),
        words.gettext(
            "Whether a caregiver at the child's home under a contract with an intermediary earns the credit: "
            "ask counsel."
        ),
        words.gettext(
            "The credit's limit for years after 2026, which rises with prices: look it up when it is published."
        ),
    )
    return Section(
        "open",
        words.gettext("What is still open"),
        (
            Bullets(tuple(Paragraph(line) for line in unknown)),
            *_own_evidence(told),
            Paragraph(
                words.gettext(
                    "Stories: none yet. Only a story whose teller has agreed to every word will stand here, and "
                    "it can be taken back."
                )
            ),
        ),
    )


def _own_evidence(told: Told) -> tuple[Paragraph | Bullets, ...]:
    """What this employer measured itself, with margins; or that there is nothing yet."""
    words = told.words
    measured = [
        (key, quantity) for key, quantity in quantities_of(told.case.inputs).items() if quantity.basis is Basis.MEASURED
    ]
    if not measured:
        return (
            Paragraph(
                words.gettext(
                    "Released evidence of this employer: none yet. When protected figures are released, they "
                    "take the place of the "
                    "priors above, with their margins."
                )
            ),
        )
    lead = words.gettext(
        "Measured at this employer, in place of priors, with the margin carried through to the answer:"
    )
    return Paragraph(lead, (CASE,)), Bullets(tuple(_measured_line(told, key, found) for key, found in measured))


def _measured_line(told: Told, key: str, quantity: Quantity) -> Paragraph:
    words, unit = told.words, told.unit_of(key)
    line = f"{told.title_of(key)}: {by_unit(words, unit, quantity.middle)}"
    if quantity.is_uncertain:
        ends = (by_unit(words, unit, end) for end in (quantity.low, quantity.high))
        line += " ({})".format(words.gettext("{low} to {high}").format(**dict(zip(("low", "high"), ends, strict=True))))
    return Paragraph(f"{line}. {quantity.source}".rstrip(), (CASE,))
