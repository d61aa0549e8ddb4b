"""Which rooms does a licensed capacity make? Capacity is what a state allows, never a vacancy."""

from uuid import UUID

from daybreak.network.terms import NewRoom
from daybreak.placement.rooms import INFANT_MONTHS, INFANTS_PER_CAREGIVER
from daybreak.placement.terms import AgeLimit

CHILDHOOD_ENDS = 18 * 12


def caregivers_room(room_id: UUID, children: int) -> NewRoom:
    """Return the one room that counts an in-home caregiver's spots: the family's own home.

    >>> caregivers_room(UUID(int=1), 3).limits
    (AgeLimit(under_months=18, most_of_them=2, room_most=None, cite=''),)
    """
    infants = AgeLimit(INFANT_MONTHS, most_of_them=INFANTS_PER_CAREGIVER)
    return NewRoom(room_id, "the family's home", 0, CHILDHOOD_ENDS, children, (infants,))
