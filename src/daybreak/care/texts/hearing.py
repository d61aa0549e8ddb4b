"""What did somebody mean by a text? The first word that is one of ours decides; the rest may be polite.

English and Spanish are understood alike, whichever the account reads: people text as they speak. Spelling is forgiven:
accents, capitals and punctuation do not count.
"""

import re
import unicodedata

from daybreak.care.texts.terms import Heard, Word

VOCABULARY: dict[Word, tuple[str, ...]] = {
    Word.TODAY: ("today", "who", "list", "hoy", "quien", "quienes", "lista"),
    Word.YES: ("yes", "y", "yep", "yeah", "ok", "okay", "accept", "sure", "si", "acepto", "aceptar", "claro", "vale"),
    Word.NO: ("no", "n", "nope", "decline", "cancel", "cannot", "cant", "cancelar", "cancelo", "rechazo"),
    Word.IN: ("in", "here", "came", "arrived", "llego", "llegaron", "llegada", "entrada", "vinieron"),
    Word.OUT: ("out", "left", "fetched", "home", "salio", "salieron", "salida", "fueron", "recogidos"),
    Word.ILL: ("ill", "sick", "enferma", "enfermo", "enfermos", "falta"),
    Word.SPOTS: ("spots", "spot", "open", "cupos", "cupo", "espacios", "lugares"),
    Word.EARNED: ("earned", "pay", "paid", "money", "gane", "ganado", "pago", "dinero"),
    Word.HELP: ("help", "info", "ayuda", "ayudame"),
    Word.STOP: ("stop", "stopall", "unsubscribe", "quit", "end", "alto", "parar", "baja", "basta"),
    Word.START: ("start", "unstop", "empezar", "alta", "reanudar"),
}
"""Every word for everything, plain and small. CANCEL, END and QUIT may never reach us: text gateways stop at them."""

_MEANS = {spelled: word for word, all_of_them in VOCABULARY.items() for spelled in all_of_them}
_FILLER = frozenset({"se", "ya", "the", "they", "los", "las", "el", "la", "por", "favor", "pls", "hi", "hello", "hola"})
LONGEST = 320
"""Letters that are read; a longer text is no answer to anything."""


def hear(text: str) -> Heard:
    """Read one text.

    >>> hear("¡Sí, gracias!").word.value, hear("CUPOS 3 toddlers").number, hear("spots 3 Toddlers").rest
    ('yes', 3, 'toddlers')
    >>> hear("2"), hear("what is this").word
    (Heard(word=None, number=2, rest=''), None)
    """
    tokens = [token for token in re.findall(r"[a-z]+|\d+", plain(text[:LONGEST])) if token not in _FILLER]
    number = next((int(token) for token in tokens if token.isdecimal() and len(token) < 5), None)
    words = [token for token in tokens if not token.isdecimal()]
    if not words:
        return Heard(None, number)
    word = _MEANS.get(words[0])
    rest = words[1:] if word else words
    return Heard(word, number, " ".join(rest))


def plain(text: str) -> str:
    """Small letters without accents, so that Sí and SI are one word.

    >>> plain("Sí, ¿CUÁNTOS?")
    'si, ¿cuantos?'
    """
    split = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in split if not unicodedata.combining(letter))
