"""The coverage page: what RFC 8725 and chapter V9 of OWASP ASVS 5.0 ask for, and which checks look for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jwt_sast.check import Check

NOT_DECIDABLE = "not decidable by static analysis"


@dataclass(frozen=True, slots=True)
class Requirement:
    """One section or requirement, in our words. `unless` tells why the source of a program does not show whether it is
    met, "" where checks look for it. `countered` are the sections that counter a threat.
    """

    number: str
    asks: str
    unless: str = ""
    countered: tuple[str, ...] = ()


RFC8725 = (
    Requirement("2.1", "Threat: weak signatures and signatures that are not validated", countered=("3.1", "3.2")),
    Requirement("2.2", "Threat: symmetric keys that can be guessed", countered=("3.5",)),
    Requirement("2.3", "Threat: nested tokens of which only the outer layer is validated", countered=("3.3",)),
    Requirement("2.4", "Threat: the length of the ciphertext tells of the plaintext", countered=("3.6",)),
    Requirement("2.5", "Threat: invalid curves in ECDH-ES give the private key away", countered=("3.4",)),
    Requirement("2.6", "Threat: JSON in other encodings than UTF-8", countered=("3.7",)),
    Requirement("2.7", "Threat: a token is used where it was not meant for", countered=("3.8", "3.9")),
    Requirement("2.8", "Threat: a token of one kind passes for another", countered=("3.8", "3.9", "3.11", "3.12")),
    Requirement("2.9", "Threat: claims are used to attack the server", countered=("3.10",)),
    Requirement("3.1", "The caller says which algorithms are accepted, and each key has one"),
    Requirement("3.2", "Algorithms are strong enough; `none` only where something else protects the token"),
    Requirement("3.3", "All cryptographic operations are validated, and the token refused if one fails"),
    Requirement(
        "3.4",
        "Points of elliptic curves that come from outside are validated",
        unless="the libraries do it, out of the program's sight",
    ),
    Requirement("3.5", "Keys have enough entropy; passwords are no keys"),
    Requirement(
        "3.6",
        "Nothing is compressed before it is encrypted",
        unless="whether the plaintext holds what an attacker chooses beside what he wants to know is up to the data",
    ),
    Requirement("3.7", "JSON is in UTF-8", unless="the libraries do it, out of the program's sight"),
    Requirement("3.8", "The issuer is validated, and the key belongs to him; so is the subject"),
    Requirement("3.9", "The token has an audience, and it is validated"),
    Requirement("3.10", "What a token says is not trusted: `kid` in queries, `jku` and `x5u` as addresses"),
    Requirement("3.11", "Kinds of tokens are told apart by an explicit type"),
    Requirement("3.12", "The rules for one kind of token refuse every other kind"),
)

ASVS = (
    Requirement("9.1.1", "Signature or MAC is validated before the contents are accepted"),
    Requirement("9.1.2", "Only algorithms of an allow-list, never `none`, and no confusion of keys"),
    Requirement("9.1.3", "Keys come from trusted sources that were configured before; `jku`, `x5u`, `jwk` are checked"),
    Requirement("9.2.1", "A token is accepted only within the time that it is valid for"),
    Requirement("9.2.2", "A token is of the right type for what it is used for"),
    Requirement("9.2.3", "A service accepts only tokens that are meant for it"),
    Requirement(
        "9.2.4",
        "An issuer that signs for several audiences with one key names the audience, and not by a name others can take",
        unless="who trusts the key is known to those who run the issuer, and is in no program",
    ),
)

_HEAD = """\
<!-- Made by `python -m tools.pages`; what it says of a check is in the check's class. -->
# Coverage

Which checks look for what RFC 8725 (JSON Web Token Best Current Practices) and chapter V9 (self-contained tokens) of
OWASP ASVS 5.0 ask for. A check finds misuse that the source of a program shows. That it finds none does not prove that
the requirement is met. Checks that only the auditor is shown are in italics.
"""


def page(checks: Sequence[type[Check]]) -> str:
    """The page as Markdown, ending with a newline."""
    rfc = {check: check.rfc8725 for check in checks}
    asvs = {check: check.asvs for check in checks}
    tables = (
        ("RFC 8725", "Section", "https://www.rfc-editor.org/rfc/rfc8725#section-{}", RFC8725, rfc),
        ("OWASP ASVS 5.0, V9", "Requirement", "", ASVS, asvs),
    )
    parts = [_HEAD]
    for title, column, address, requirements, claimed in tables:
        head = f"## {title}\n\n| {column} | What it asks for | Checks |\n|---|---|---|\n"
        parts.append(head + "".join(_rows(requirements, claimed, address)))
    return "\n".join(parts)


def mistakes(checks: Sequence[type[Check]]) -> list[str]:
    """What checks claim to look for that is no requirement, and requirements that need a check or a reason."""
    wrong = []
    for requirements, claimed in ((RFC8725, {c: c.rfc8725 for c in checks}), (ASVS, {c: c.asvs for c in checks})):
        numbers = {one.number for one in requirements}
        wrong += [f"{check.code}: {one}" for check, given in claimed.items() for one in given if one not in numbers]
        wrong += [one.number for one in requirements if bool(_checks(one, claimed)) == bool(_reason(one, requirements))]
    return wrong


_Claims = dict[type[Check], tuple[str, ...]]


def _checks(of: Requirement, claimed: _Claims) -> list[type[Check]]:
    return [check for check, numbers in claimed.items() if {of.number, *of.countered} & set(numbers)]


def _reason(of: Requirement, requirements: Sequence[Requirement]) -> str:
    """Why no check looks for it: a threat has the reason of what would counter it."""
    if of.unless or not of.countered:
        return of.unless
    reasons = [one.unless for one in requirements if one.number in of.countered]
    return reasons[0] if all(reasons) else ""


def _rows(requirements: Sequence[Requirement], claimed: _Claims, address: str) -> Iterator[str]:
    for one in requirements:
        number = f"[{one.number}]({address.format(one.number)})" if address else one.number
        found = ", ".join(map(_link, _checks(one, claimed)))
        yield f"| {number} | {one.asks} | {found or f'{NOT_DECIDABLE}: {_reason(one, requirements)}'} |\n"


def _link(check: type[Check]) -> str:
    text = f"[{check.code}](checks/{check.code}.md)"
    return f"*{text}*" if str(check.persona) == "auditor" else text
