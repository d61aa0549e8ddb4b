"""A law that takes long on a busy machine is still kept: no example has a deadline."""

from hypothesis import settings

settings.register_profile("laws", deadline=None)
settings.load_profile("laws")
