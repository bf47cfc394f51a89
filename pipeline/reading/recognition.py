"""Which source reads which member: the best claim wins, whatever the archive is called."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.containers.opening import OpenedArchive
from pipeline.model.records import ReadSettings, Survey
from pipeline.sources.base import Claim, Source


@dataclass(slots=True)
class Recognised:
    """What the sources say of one archive; small and picklable, kept between runs."""

    claims: dict[str, list[Claim]] = field(default_factory=dict)
    """source -> the claims it won, in the order of the archive's members."""
    surveys: dict[str, Survey] = field(default_factory=dict)
    refusals: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    """Sources that failed while looking; makes the archive partial."""
    failure: tuple[str, str] | None = None
    """(code, reason) when the container can't be opened."""


def recognise(archive: OpenedArchive, sources: Mapping[str, Source], settings: ReadSettings) -> Recognised:
    """Return the claims won by each source and its survey of the archive. Never raises for what is in the archive."""
    result = Recognised()
    best: dict[str, tuple[float, str, Claim]] = {}
    present = {member.name for member in archive.members}
    for name, source in sources.items():
        try:
            for claim in source.recognise(archive):
                standing = best.get(claim.member)
                if (
                    claim.member in present
                    and claim.reader in source.readers
                    and (standing is None or claim.confidence > standing[0])
                ):
                    best[claim.member] = (claim.confidence, name, claim)
        except Exception as error:  # noqa: BLE001 - a source that stumbles over a strange archive must not stop the others
            result.problems.append(f"the reader of {name} failed while recognising ({type(error).__name__})")
    for member in archive.members:
        if member.name in best:
            _, name, claim = best[member.name]
            result.claims.setdefault(name, []).append(claim)
    for name, source in sources.items():
        if name in result.claims:
            try:
                result.surveys[name] = source.survey(archive, result.claims[name], settings)
            except Exception as error:  # noqa: BLE001 - as above
                result.surveys[name] = Survey()
                result.problems.append(f"the reader of {name} failed while surveying ({type(error).__name__})")
            continue
        try:
            refusal = source.refusal(archive)
        except Exception as error:  # noqa: BLE001 - as above
            result.problems.append(f"the reader of {name} failed while recognising ({type(error).__name__})")
        else:
            if refusal:
                result.refusals.append(refusal)
    result.claims = dict(sorted(result.claims.items()))
    return result
