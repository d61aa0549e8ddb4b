"""Getting a ticket: the browser covers it on a page that the employer does not serve, and takes the cover off here."""

from base64 import b64encode

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from daybreak.interviews.queries import asked_on, wave_keys
from daybreak.web.clock import at_of
from daybreak.web.interviews.doors import for_anybody, language, shown


@for_anybody
@require_safe
def begin(request: HttpRequest, wave: str) -> HttpResponse:
    """Draw a ticket and blind it, then go to the desk for a stamp."""
    key = wave_keys().get(wave)
    if key is None or at_of(request).date().isoformat() >= key.until:
        raise Http404
    public = load_pem_public_key(key.public_key.encode())
    spki = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    asked = asked_on(key.occasion)
    context = {
        "wave": wave,
        "key": b64encode(spki).decode(),
        "desk": f"{settings.CARE_ADDRESS.rstrip('/')}/interviews/{wave}",
        "title": asked.title.in_language(language()) if asked else "",
        "occasion": key.occasion,
    }
    return shown(request, "begin", context)


@for_anybody
@require_safe
def back(request: HttpRequest) -> HttpResponse:
    """Take the blinding off the stamp. The stamp comes in the address's fragment, which browsers send to nobody."""
    keys = {
        name: b64encode(
            load_pem_public_key(key.public_key.encode()).public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        ).decode()
        for name, key in wave_keys().items()
    }
    occasions = {name: key.occasion for name, key in wave_keys().items()}
    return shown(request, "back", {"keys": keys, "occasions": occasions})
