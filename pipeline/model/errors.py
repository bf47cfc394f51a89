"""The errors whose message is meant for the person at the terminal."""


class UsageError(Exception):
    """The command or one of the owner's files is wrong: one sentence for the person; exit status 2."""


class CannotPublishError(Exception):
    """Nothing could be published: the reason in one line; exit status 1."""
