"""What opening a container gives: its members, the findings of its audit, and what is to be closed in the end."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import BinaryIO

from pipeline.containers.budget import Budget
from pipeline.containers.streams import StreamMember
from pipeline.containers.system_files import is_system_file


@dataclass(slots=True)
class Contents:
    """The contents of a container.

    Attributes:
        members: in the container's order.
        findings: bytes or files that can't be accounted for, one sentence each; any makes the archive partial.
        remarks: harmless facts.
        system_files: names of files of operating systems, which are passed over.
        closers: called in reverse order when the archive is closed.
    """

    members: list[StreamMember] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    system_files: list[str] = field(default_factory=list)
    closers: list[Callable[[], None]] = field(default_factory=list)

    def add(self, inner: "Contents") -> None:
        """Add the contents of a container inside this one."""
        self.members += inner.members
        self.findings += inner.findings
        self.remarks += inner.remarks
        self.system_files += inner.system_files
        self.closers += inner.closers


class MemberNames:
    """Gives members unique names: a repeated name is put below a folder `#2`, then `#3`.

    Its last components stay the same, so that sources recognise it like the first.
    """

    def __init__(self, longest: int) -> None:
        """Start without names; `longest` is the limit of a name in bytes."""
        self._used: dict[str, int] = {}
        self._longest = longest
        self.repeated = 0
        """Number of names that were repeated."""

    def unique(self, name: str) -> str:
        """Return the name, cut at the limit, and numbered when it was given before."""
        name = name.encode("utf-8", "replace").decode()
        if len(name.encode()) > self._longest:
            name = name.encode()[: self._longest].decode(errors="ignore") + "…"
        number = self._used.get(name, 0) + 1
        self._used[name] = number
        if number == 1:
            return name
        self.repeated += 1
        return self.unique(f"#{number}/{name}")


@dataclass(frozen=True, slots=True)
class Scope:
    """What the containers of one archive share while their members are listed.

    Attributes:
        budget: limits of the whole archive.
        names: gives names that are unique in the whole archive.
        prefix: put before each name: `inner.zip!/` for the members of an inner archive.
    """

    budget: Budget
    names: MemberNames
    prefix: str = ""

    def inside(self, name: str) -> "Scope":
        """Return the scope of an archive inside this one."""
        return Scope(self.budget, self.names, f"{name}!/")

    def passes_over(self, name: str, contents: Contents) -> bool:
        """Return whether a file is one of an operating system; its name is then added to the contents."""
        if not is_system_file(name):
            return False
        contents.system_files.append((self.prefix + name).encode("utf-8", "replace").decode())
        return True

    def member(self, name: str, size: int, opener: Callable[[], BinaryIO]) -> StreamMember:
        """Return a member under a unique name."""
        return StreamMember(self.names.unique(self.prefix + name), size, opener, self.budget)
