"""What did somebody mean by a text? The first word that is one of ours decides; the rest may be polite.

English and Spanish are understood alike, whichever the account reads: people text as they speak. Spelling is forgiven:
accents, capitals and punctuation do not count.
"""

import re
import unicodedata
from collections.abc import Mapping

from daybreak.care.texts.terms import Heard, Word

VOCABULARY: dict[Word, tuple[str, ...]] = {
    Word.TODAY: ("today", "who", "list", "hoy", "quien", "quienes", "lista"),
    Word.YES: ("yes", "y", "yep", "yeah", "ok", "okay", "accept", "sure", "si", "acepto", "aceptar", "claro", "vale"),
    Word.NO: ("no", "n", "nope", "decline", "cannot", "cant", "cancelar", "cancelo", "rechazo"),
    Word.IN: ("in", "here", "came", "arrived", "llego", "llegaron", "llegada", "entrada", "vinieron"),
    Word.OUT: ("out", "left", "fetched", "home", "salio", "salieron", "salida", "fueron", "recogidos"),
    Word.ILL: ("ill", "sick", "enferma", "enfermo", "enfermos", "falta"),
    Word.SPOTS: ("spots", "spot", "open", "cupos", "cupo", "espacios", "lugares"),
    Word.EARNED: ("earned", "pay", "paid", "money", "gane", "ganado", "pago", "dinero"),
    Word.HELP: ("help", "info", "ayuda", "ayudame"),
    Word.STOP: (
        *("stop", "stopall", "unsubscribe", "cancel", "quit", "end", "revoke", "optout"),
        *("alto", "parar", "baja", "basta"),
    ),
    Word.START: ("start", "unstop", "empezar", "alta", "reanudar"),
}
"""Every word a provider may say for everything, plain and small.

CANCEL ends texts and cancels nothing: the law says so (rules/us/federal/text_messages/opt_out_words.toml), and text
gateways act on it before we read it.
"""

FAMILY_VOCABULARY: dict[Word, tuple[str, ...]] = {
    Word.CARE: (
        *("care", "need", "ask", "request", "fever", "school"),
        *("cuidado", "necesito", "pedir", "solicitud", "fiebre", "escuela"),
    ),
    Word.STATUS: ("status", "how", "where", "when", "estado", "como", "donde", "cuando"),
    Word.LATE: ("late", "delayed", "running", "tarde", "retraso", "retrasada", "retrasado", "demora"),
    **{word: VOCABULARY[word] for word in (Word.YES, Word.NO, Word.HELP, Word.STOP, Word.START)},
}
"""Every word a family may say."""

_TWO_THAT_STOP = frozenset({("opt", "out")})
FILLER = frozenset({"se", "ya", "the", "they", "los", "las", "el", "la", "por", "favor", "pls", "hi", "hello", "hola"})
FAMILYS_FILLER = frozenset({"i", "im", "am", "we", "my", "yo", "voy", "estoy", "llego", "mi"})
"""What families say before the word that counts; of a provider, "llego" is a word."""
LONGEST = 320
"""Letters that are read; a longer text is no answer to anything."""


def hear(text: str, vocabulary: Mapping[Word, tuple[str, ...]] = VOCABULARY) -> Heard:
    """Read one text by the words of whoever sent it.

    >>> hear("¡Sí, gracias!").word.value, hear("CUPOS 3 toddlers").number, hear("spots 3 Toddlers").rest
    ('yes', 3, 'toddlers')
    >>> hear("2"), hear("what is this").word
    (Heard(word=None, number=2, rest=''), None)
    """
    said = plain(text[:LONGEST])
    filler = FILLER | FAMILYS_FILLER if vocabulary is FAMILY_VOCABULARY else FILLER
    tokens = [token for token in re.findall(r"[a-z]+|\d+", said) if token not in filler]
    number = next((int(token) for token in tokens if token.isdecimal() and len(token) < 5), None)
    words = [token for token in tokens if not token.isdecimal()]
    if not words:
        return Heard(None, number, said=said)
    word = Word.STOP if tuple(words[:2]) in _TWO_THAT_STOP else _meaning(words[0], vocabulary)
    rest = words[1:] if word else words
    return Heard(word, number, " ".join(rest), said)


def _meaning(token: str, vocabulary: Mapping[Word, tuple[str, ...]]) -> Word | None:
    return next((word for word, spelled in vocabulary.items() if token in spelled), None)


def knows(text: str, vocabulary: Mapping[Word, tuple[str, ...]]) -> bool:
    """Say whether a text begins with one of these words.

    >>> knows("Cuidado mañana", FAMILY_VOCABULARY), knows("cupos 3", FAMILY_VOCABULARY)
    (True, False)
    """
    return hear(text, vocabulary).word is not None


def plain(text: str) -> str:
    """Small letters without accents, so that Sí and SI are one word.

    >>> plain("Sí, ¿CUÁNTOS?")
    'si, ¿cuantos?'
    """
    split = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in split if not unicodedata.combining(letter))
