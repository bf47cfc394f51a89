"""People of a WordPress site: the keys of commenters, and the comments of the owner.

A commenter's key is the e-mail address: WordPress asks every guest for it, and one person types the same one for years, while
the web address changes, is left out, or is shared by several. Without it the key is the web address, then the site's own user
id, with the host as part of the key. If exactly one e-mail address states a web address in the export, both keys are one
person (`Alias`).
"""

from pipeline.model.naming import normalise_email, normalise_name, normalise_url
from pipeline.model.records import Alias, Person
from pipeline.model.survey import Context, Owner
from pipeline.sources.shared.web.html import host
from pipeline.sources.wordpress.model import Comment
from pipeline.sources.wordpress.owner import WordpressFacts

PINGS = frozenset({"pingback", "trackback"})


def is_owner(comment: Comment, owner: Owner, *, wordpress_com: bool) -> bool:
    """Return whether a comment is the owner's: by e-mail address, by the site's user id, or by name for a registered user.

    On wordpress.com the user id is that of the network, not of the author, and is ignored.
    """
    email = normalise_email(comment.get("author_email"))
    if email and email in owner.emails:
        return True
    if not comment.user_id or comment.get("type") in PINGS:
        return False
    if not wordpress_com and comment.user_id in owner.ids:
        return True
    # the ids contain the account's own id too, the site's address, which is no user's
    known_otherwise = owner.emails if email else not wordpress_com and any(known.isdigit() for known in owner.ids)
    return not known_otherwise and is_owner_name(comment.author, owner)


def is_owner_name(name: str, owner: Owner) -> bool:
    """Return whether a login or display name is the owner's."""
    folded = normalise_name(name)
    return bool(folded) and folded in {normalise_name(known) for known in owner.handles | owner.names}


def person(comment: Comment, site: str) -> Person | None:
    """Return the commenter; None for an anonymous one, without e-mail address, web address and user id."""
    email = normalise_email(comment.get("author_email"))
    url = comment.get("author_url")
    at = host(url)
    if "@" in email:
        key = email
    elif at:
        key = normalise_url(url)
    elif comment.user_id:
        key = f"{host(site) or site}#user{comment.user_id}"
    else:
        return None
    return Person(key, None, comment.author or None, url if at else None, email=email if "@" in email else None)


def site_person(url: str, title: str | None = None) -> Person | None:
    """Return the site of a linking or linked address, keyed by its host; None without a host."""
    name = host(url)
    return Person(name, None, title or name, f"https://{name}/") if name else None


def alias(who: Person, ctx: Context) -> tuple[Alias, ...]:
    """Return the alias of a commenter's e-mail and web address, if no other e-mail address states the same web address."""
    if not who.email or not who.url:
        return ()
    key = normalise_url(who.url)
    alone = ctx.facts(WordpressFacts).stated_sites.get(key) == who.email
    return (Alias(who.native_id, key, "one comment states both"),) if alone else ()
