"""Which source reads which member of an archive: the claim with the highest confidence wins, whatever the archive's name."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.containers.opening import OpenedArchive
from pipeline.model.survey import ReadSettings, Survey
from pipeline.sources.base import Claim, Source


@dataclass(slots=True)
class Recognition:
    """What the sources recognise in one archive. Small and picklable; kept between runs.

    Attributes:
        claims: source -> the claims that it won, in the order of the archive's members.
        surveys: source -> its survey.
        refusals: why a source can't read an archive that it recognises, one sentence each.
        problems: sources that failed; any makes the archive partial.
        failure: (code, reason) when the container can't be opened.
    """

    claims: dict[str, list[Claim]] = field(default_factory=dict)
    surveys: dict[str, Survey] = field(default_factory=dict)
    refusals: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    failure: tuple[str, str] | None = None


def recognise(archive: OpenedArchive, sources: Mapping[str, Source], settings: ReadSettings) -> Recognition:
    """Return the claims that each source wins, and its survey of the archive.

    A source that fails is a problem in the result; nothing in the archive raises an exception here.

    Args:
        archive: the opened archive.
        sources: all sources by name.
        settings: the settings that readers may use.
    """
    result = Recognition()
    best: dict[str, tuple[str, Claim]] = {}
    present = {member.name for member in archive.members}
    for name, source in sources.items():
        try:
            for claim in source.recognise(archive):
                if claim.member not in present or claim.reader not in source.readers:
                    continue
                rival = best.get(claim.member)
                if rival is None or claim.confidence > rival[1].confidence:
                    best[claim.member] = (name, claim)
        except Exception as error:  # noqa: BLE001 - a source that fails on a strange archive must not stop the others
            result.problems.append(f"the reader of {name} failed while recognising ({type(error).__name__})")
    for member in archive.members:
        if member.name in best:
            name, claim = best[member.name]
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
