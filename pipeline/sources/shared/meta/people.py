"""People known by name only, and the names that stand for closed accounts."""

from typing import Final

from pipeline.model.naming import name_id, normalise_name
from pipeline.model.records import Person

_CLOSED_ACCOUNT_NAMES: Final = frozenset({
    "facebook user", "facebook-nutzer", "facebook-nutzerin", "facebook-gebruiker", "utilisateur de facebook", "utilisateur facebook",
    "usuario de facebook", "utente di facebook", "utente facebook", "instagram user", "instagram-nutzer", "instagram-gebruiker",
    "utilisateur instagram", "utilisateur d’instagram", "usuario de instagram", "utente di instagram", "instagrammer", "",
    "usuário do facebook", "utilizador do facebook", "facebookgebruiker", "facebook-användare", "facebook-bruger", "facebook-bruker", "facebook-käyttäjä",
    "użytkownik facebooka", "uživatel facebooku", "uporabnik facebooka", "korisnik facebooka", "facebook kullanıcısı", "пользователь facebook",
    "usuário do instagram", "utilizador do instagram", "użytkownik instagrama", "uporabnik instagrama", "korisnik instagrama", "instagram kullanıcısı",
})  # fmt: skip
"""Normalised names. Format fact: the placeholder is written in the language of the owner's account."""


def is_closed_account(name: str) -> bool:
    """Return whether a name is the placeholder of a closed account, or empty.

    >>> is_closed_account("Facebook User"), is_closed_account("Ana Petrov")
    (True, False)
    """
    return normalise_name(name) in _CLOSED_ACCOUNT_NAMES


def person_by_name(name: str) -> Person:
    """Return a person who is known by name only."""
    return Person(name_id(name), display_name=name)
