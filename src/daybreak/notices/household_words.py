"""How is it said that something about a child or a household cannot be written so?"""

from daybreak.notices.facts import gettext_noop

HOUSEHOLD_REFUSALS = {
    "child-without-name": (gettext_noop("The child has no name yet. Nothing was saved. Write the first name."),),
    "born-in-the-future": (
        gettext_noop("{day} has not come yet. Nothing was saved. Look at the year of birth again."),
        gettext_noop("That day has not come yet. Nothing was saved. Look at the year of birth again."),
    ),
    "no-longer-a-child": (
        gettext_noop("Backup care is for children under {most}. Nothing was saved. Look at the year of birth again."),
        gettext_noop("Backup care is for children. Nothing was saved. Look at the year of birth again."),
    ),
    "too-many-letters": (
        gettext_noop("That is longer than {most} letters, more than anybody reads at a door. Nothing was saved."),
        gettext_noop("That is longer than anybody reads at a door. Nothing was saved. Write less."),
    ),
    "list-is-full": (
        gettext_noop("The list holds {most} already. Nothing was saved. Take one off first."),
        gettext_noop("The list is full. Nothing was saved. Take one off first."),
    ),
    "not-a-choice": (gettext_noop("One of these choices is not on the page. Nothing was saved. Choose again."),),
    "fetcher-without-name": (gettext_noop("There is no name yet. Nothing was saved. Write who may come."),),
    "care-going-on": (
        gettext_noop("Your children are at a place on {day}. Nothing was erased. Come back when they are home."),
        gettext_noop("Your children are at a place just now. Nothing was erased. Come back when they are home."),
    ),
    "only-speaker": (
        gettext_noop(
            "Nobody else speaks for a site of yours that has bookings ahead (sites: {number}). Nothing was erased. "
            "Cancel the bookings or let somebody else speak for it first."
        ),
        gettext_noop(
            "Nobody else speaks for a site of yours that has bookings ahead. Nothing was erased. "
            "Cancel the bookings or let somebody else speak for it first."
        ),
    ),
    "detour-out-of-range": (
        gettext_noop("A way may be 0 to {most} minutes longer. Nothing was saved. Choose again."),
        gettext_noop("The way cannot be that much longer. Nothing was saved. Choose again."),
    ),
}
