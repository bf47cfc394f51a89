"""Who is the owner of a site's export, and how the others are named.

A commenter's key is the e-mail address: it is the only one that WordPress asks every guest for, and one person types it
alike for years, while the web address changes, is left out, or is shared by several. Without it the web address, then
the site's own user id (site-bound, so the host stands in it). Where exactly one address states a web address in the
export, the two keys are said to be one person (`Alias`).
"""

from pipeline.model.naming import normalise_email, normalise_name, normalise_url
from pipeline.model.records import Alias, Person
from pipeline.model.survey import Context, Owner
from pipeline.sources.shared.web.html import host
from pipeline.sources.wordpress.model import Comment
from pipeline.sources.wordpress.owner import WordpressFacts

PINGS = frozenset({"pingback", "trackback"})


def is_owner(comment: Comment, owner: Owner, *, wordpress_com: bool) -> bool:
    """Tell whether the owner wrote this comment: by e-mail; by the site's user id; by name only for a registered user.

    On wordpress.com the user id is the network's, never the author id, and doesn't count.
    """
    email = normalise_email(comment.get("author_email"))
    if email and email in owner.emails:
        return True
    if not comment.user_id or comment.get("type") in PINGS:
        return False
    if not wordpress_com and comment.user_id in owner.ids:
        return True
    # the account's own id, the site's address, is among the ids and is no user's
    known_otherwise = owner.emails if email else not wordpress_com and any(known.isdigit() for known in owner.ids)
    return not known_otherwise and is_owner_name(comment.author, owner)


def is_owner_name(name: str, owner: Owner) -> bool:
    """Tell whether a login or display name is the owner's."""
    folded = normalise_name(name)
    return bool(folded) and folded in {normalise_name(known) for known in owner.handles | owner.names}


def person(comment: Comment, site: str) -> Person | None:
    """Return the commenter, None for an anonymous one (no e-mail, no web address, not registered)."""
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
    """Return the site behind a linking or linked address, keyed by its host; None when it has none."""
    name = host(url)
    return Person(name, None, title or name, f"https://{name}/") if name else None


def alias(who: Person, ctx: Context) -> tuple[Alias, ...]:
    """Return that a commenter's e-mail and web address are one person, where no other address states the same one."""
    if not who.email or not who.url:
        return ()
    key = normalise_url(who.url)
    alone = ctx.facts(WordpressFacts).stated_sites.get(key) == who.email
    return (Alias(who.native_id, key, "one comment states both"),) if alone else ()
