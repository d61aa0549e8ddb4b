"""`daybreak replay`: an open service report from any provider's request log."""

import json
from collections.abc import Mapping
from pathlib import Path

import click

from daybreak.care.week.best import best_possible
from daybreak.care.week.files import COLUMNS, read_log, read_requests, read_week
from daybreak.care.week.report import beside_best, report, served_in
from daybreak.care.week.terms import Week, WeekRequest
from daybreak.cli.mornings import JSON, text_of

NOT_KNOWN = "not known"


@click.command()
@click.argument("log", metavar="LOG", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@JSON
def replay(log: Path, as_json: bool) -> None:
    """Print a service report from a request log, whoever wrote it: filled, told late, minutes, by pay class.

    LOG is a CSV file with the columns at, request_id, event, route, site_id and detail. Where requests.csv, supply.csv,
    answers.csv and cancellations.csv of the same week stand beside it, the report also says how many children the best
    possible plan could have placed.

    Exit 10: a file cannot be read, or something happens to a request that never asked.
    """
    lines = read_log(text_of(log), source=log.name)
    beside = {name: text_of(log.parent / name) for name in COLUMNS if (log.parent / name).is_file()}
    week = read_week(beside) if set(beside) == set(COLUMNS) else None
    known = _known(week, beside)
    counted = report(served_in(lines, known, source=log.name), known)
    found = {"what": "what a request log says of the service", **counted, "best": None}
    if week is not None:
        found["best"] = beside_best(counted, best_possible(week))
    click.echo(json.dumps(found) if as_json else "\n".join(_said(found)))


def _known(week: Week | None, beside: Mapping[str, str]) -> dict[str, WeekRequest]:
    requests = week.requests if week else read_requests(beside["requests.csv"]) if "requests.csv" in beside else ()
    return {request.request_id: request for request in requests}


def _said(found: Mapping[str, object]) -> list[str]:
    lines = [f"{found['requests']:,} requests.", *_figures(found, "")]
    classes, best = found["by_pay_class"], found["best"]
    assert isinstance(classes, dict)
    for name, figures in classes.items():
        lines += [f"Of {figures['requests']:,} {name}:", *_figures(figures, "  ")]
    if isinstance(best, dict):
        reached = NOT_KNOWN if best["reached"] is None else f"{best['reached']:.1%}"
        lines.append(
            f"No service could have placed more than {best['children_at_most']:,} children with this supply; "
            f"this one reached {reached} of that."
        )
    else:
        lines.append("What the supply allowed is not known: no files of the week stand beside the log.")
    return lines


def _figures(figures: Mapping[str, object], indent: str) -> list[str]:
    return [
        f"{indent}Filled {_share(figures['filled'])}, money promised {_share(figures['promised'])}.",
        f"{indent}Told after decide-by: {_share(figures['told_late'])}.",
        f"{indent}Minutes to the answer: {_minutes(figures['median_minutes'])} for half of them, at most "
        f"{_minutes(figures['p95_minutes'])} for 95 of 100.",
        f"{indent}Places taken back: {figures['canceled']:,}; found again {_share(figures['recovered'])}.",
    ]


def _share(value: object) -> str:
    return NOT_KNOWN if value is None else f"{float(str(value)):.1%}"


def _minutes(value: object) -> str:
    return NOT_KNOWN if value is None else f"{float(str(value)):,.1f}"
