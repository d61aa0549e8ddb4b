"""Which travel-time service does a setting name?"""

SERVICES = {"osrm": "OSRM", "valhalla": "Valhalla"}
"""The travel-time services that can be asked, and what each calls itself."""


def service_in(setting: str) -> str:
    """The kind of service, or nothing where the setting names none.

    >>> service_in("osrm:http://localhost:5000"), service_in("google:https://maps.example.org"), service_in("osrm")
    ('osrm', '', '')
    """
    kind, _, address = setting.partition(":")
    return kind if kind in SERVICES and address.startswith(("http://", "https://")) else ""
