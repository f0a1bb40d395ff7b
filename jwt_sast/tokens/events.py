"""The words in which library models speak to checks. A check never learns which library it was, only what it does."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from jwt_sast.findings import Confidence
from jwt_sast.semantics.calls import Argument
from jwt_sast.semantics.provenance import Origin, Place
from jwt_sast.semantics.values import Value, Zone
from jwt_sast.syntax.test_code import is_test
from jwt_sast.tokens.switches import ON, UNKNOWN, Switch

if TYPE_CHECKING:
    from jwt_sast.tokens.challenges import Challenge
    from jwt_sast.tokens.late_checks import LateChecks
    from jwt_sast.tokens.reading import Reading
    from jwt_sast.tokens.written_tokens import WrittenToken


@dataclass(frozen=True, slots=True)
class Where:
    """The call at which something happens: its place and the function's name for messages.

    `nested` tells that the call was reached from another function of the project, with what that one passes.
    """

    place: Place
    function: str
    nested: bool = False
    entry: str = ""
    """The function at which this run of the code began, "" for a module's body."""

    def is_elsewhere(self, path: str) -> bool:
        """Whether it was reached from the file `path`, and lies in another one."""
        return self.nested and self.place.source.path != path


@dataclass(slots=True, kw_only=True, eq=False)
class Event:
    """Something that happens to a token."""

    where: Where

    @property
    def place(self) -> Place:
        """The call."""
        return self.where.place

    @property
    def in_test(self) -> bool:
        """Whether it happens in test code: such a token never leaves the test."""
        return is_test(self.where.place.source.path)

    @property
    def function(self) -> str:
        """The name of the called function, for traces."""
        return self.where.function

    @property
    def called(self) -> str:
        """The last two parts of that name, for messages, which have to be short: `jwt.decode` of `jose.jwt.decode`."""
        return ".".join(self.function.split(".")[-2:])


@dataclass(slots=True, kw_only=True, eq=False)
class KeyUsed(Event):
    """A key signs or verifies: what Signing and Verification have in common.

    `empty_key` tells whether the library works with an empty HMAC key, `session_secret` whether the key was read as a
    web framework's own secret. `challenges` are the tokens in the project's source that the key may have signed.
    """

    key: Argument
    empty_key: bool = False
    session_secret: bool = False
    challenges: frozenset[Challenge] = frozenset()

    @property
    def accepted(self) -> Value:
        """The algorithm, or the list of algorithms, that the key is used with."""
        raise NotImplementedError


@dataclass(slots=True, kw_only=True, eq=False)
class Signing(KeyUsed):
    """A token is made.

    `algorithm` is the one that takes effect, "none" for an unsecured token. `naive` is what the library takes a naive
    datetime for. `lifetime` is set where the library adds an expiry itself, `context` is the name of the function that
    signs. `received` tells how sure it is that the claims as a whole are what a client has sent, None where nothing
    says so. `headers` are what the program adds to the header, None where the library takes none or puts the key's id
    there itself.
    """

    claims: Argument
    algorithm: Argument
    naive: Zone = Zone.UTC_NAIVE
    lifetime: Argument | None = None
    context: str = ""
    received: Confidence | None = None
    headers: Argument | None = None

    @property
    def accepted(self) -> Value:
        """The algorithm that takes effect."""
        return self.algorithm.value


@dataclass(slots=True, kw_only=True, eq=False)
class Verification(KeyUsed):
    """A token is verified.

    `any_algorithm` tells that the library accepts whatever the token names where no list is given, `honours_none` that
    it accepts an unsecured token where the list has "none", `pinned` that the key itself fixes the algorithm.
    `signature` tells whether the signature is checked at all, `checks` holds a switch for each of exp, nbf, iat, aud
    and iss that the library checks, `required` the claims without which a token is refused. `leeway` is by how much a
    time in the claims may be missed.
    """

    token: Argument
    algorithms: Argument
    any_algorithm: bool = False
    honours_none: bool = False
    pinned: bool = False
    signature: Switch = ON
    checks: Mapping[str, Switch] = field(default_factory=dict)
    required: frozenset[str] = frozenset()
    audience: Argument | None = None
    issuer: Argument | None = None
    leeway: Argument | None = None
    claims: Reading | None = None
    """What becomes of the claims that it gives."""

    @property
    def accepted(self) -> Value:
        """The allow-list."""
        return self.algorithms.value

    def check(self, claim: str) -> Switch:
        """Whether the library checks a claim, at once or when it is asked to."""
        late = self.late
        return late.switch if late is not None and claim in late.claims else self.checks.get(claim, ON)

    @property
    def late(self) -> LateChecks | None:
        """The checks of claims that the library leaves to a second call; None where it makes them at once."""
        return None if self.claims is None else self.claims.late

    def take_late_demands(self) -> None:
        """Takes over what a second call asks of the claims; for when nothing more comes."""
        late = self.late
        if late is not None and late.demands is not None and (late.made or late.made_elsewhere):
            self.required |= late.demands.required
            self.audience = self.audience or late.demands.audience
            self.issuer = self.issuer or late.demands.issuer

    @property
    def handed_on(self) -> bool:
        """Whether the claims as a whole go to code that cannot be seen, which may look at them."""
        return self.claims is not None and self.claims.escaped

    def unchecked(self, claim: str) -> Switch | None:
        """The switch by which a claim provably goes unchecked on some path; None where the code itself tests it."""
        by_hand = self.claims is not None and claim in self.claims.tested
        off = self.check(claim)
        return off if off.may_be_off and not by_hand else None


@dataclass(slots=True, kw_only=True, eq=False)
class KeyConfigured(KeyUsed):
    """A framework is given the key that it will sign and verify with, by a setting or a constructor.

    `algorithms` is the algorithm that it is used with, or the list of them: the framework's default where the program
    names none.
    """

    algorithms: Argument

    @property
    def accepted(self) -> Value:
        """The algorithm or the list of them."""
        return self.algorithms.value


class TokenKind(enum.Enum):
    """What a token is for."""

    ACCESS = "access"
    REFRESH = "refresh"


@dataclass(slots=True, kw_only=True, eq=False)
class Lifetime(Event):
    """A framework is told how long the tokens live that it makes, by a setting or a constructor.

    `lifetime` is a length of time or a number of seconds, None or False where expiry is switched off. A model whose
    framework reads numbers or None as something else says here what they come to; where the program says nothing, it
    puts in what the framework does then, at the place where the framework is set up.
    """

    lifetime: Argument
    kind: TokenKind = TokenKind.ACCESS


@dataclass(slots=True, kw_only=True, eq=False)
class RefreshPolicy(Event):
    """A framework is set up that hands out refresh tokens and can revoke tokens by a list.

    `rotated` tells whether each use of a refresh token gives a new one, unknown where that is up to the program's own
    views, `revocable` whether there is a list of those that no longer count. `at` is what somebody would change.
    """

    at: Place
    rotated: Switch = UNKNOWN
    revocable: Switch


@dataclass(slots=True, kw_only=True, eq=False)
class Encryption(KeyUsed):
    """A token is encrypted (RFC 7516).

    `algorithm` is how its content's key is encrypted or agreed upon, `iterations` how often a password is hashed for
    that, where the program says so.
    """

    algorithm: Argument
    iterations: Argument | None = None

    @property
    def accepted(self) -> Value:
        """The algorithm."""
        return self.algorithm.value


@dataclass(slots=True, kw_only=True, eq=False)
class AnswerDropped(Event):
    """A verification that answers true or false, and raises nothing, is called by a statement of its own."""


@dataclass(slots=True, kw_only=True, eq=False)
class TokenLiteral(Event):
    """A literal in the source is a signed token, or holds one; `place` is the literal. `key_is_written` tells that the
    key which has signed it is in the source too.
    """

    token: WrittenToken
    key_is_written: bool = False


@dataclass(slots=True, kw_only=True, eq=False)
class UnverifiedRead(Event):
    """Claims are read from a token without checking its signature.

    `at` is what makes it so: the switched-off option, or the call. `sure` is False where that holds on some path only.
    `switched_by` is where the value that switched the check off begins. `after_failure` tells that a verification of
    the same token was tried before and may have failed, `by_hand` that the code takes the token apart itself.
    """

    token: Argument
    at: Place
    sure: bool
    reading: Reading
    switched_by: Origin | None = None
    after_failure: bool = False
    by_hand: bool = False

    @property
    def fails_open(self) -> bool:
        """Whether the claims are used although a verification of the same token has failed, before or after."""
        return self.after_failure or self.reading.failed_open


@dataclass(slots=True, kw_only=True, eq=False)
class IgnoredArgument(Event):
    """An argument that the library silently passes over. `name` is its own, `meant` says what to write."""

    name: str
    at: Place
    meant: str


@dataclass(slots=True, kw_only=True, eq=False)
class Transmission(Event):
    """A request that a token rides on."""

    url: Argument
    carrier: Value
    """What holds the token: a header's value."""
    tls: Switch = ON


@dataclass(slots=True, kw_only=True, eq=False)
class TokenInUrl(Event):
    """A token is put into the path or the query of a URL that goes out.

    `token` is what it is, `carrier` where it is put in: the URL, or a mapping of query parameters. `named` tells that
    only a name says that it is a token, `accepted` that a framework is told to take tokens from there, by `carrier`.
    """

    token: Value
    carrier: Argument
    named: bool = False
    accepted: bool = False


@dataclass(slots=True, kw_only=True, eq=False)
class TokenCookie(Event):
    """A cookie that holds a token is set, by a call or because a framework does so.

    `cookie` is its name. `same_site` is the value of that attribute: None, False or Absent where the cookie has none;
    a model puts in the framework's default. `csrf` tells whether requests by cookie are refused without a second
    secret: off only where the program switches it off, unknown where nothing is said about it. `named` tells that only
    the cookie's name says that it holds a token. `setting` is the name of the framework's setting for `secure`.
    """

    cookie: Argument
    secure: Switch = UNKNOWN
    http_only: Switch = UNKNOWN
    same_site: Argument
    csrf: Switch = UNKNOWN
    named: bool = False
    setting: str = ""


@dataclass(slots=True, kw_only=True, eq=False)
class Logged(Event):
    """A token or a key goes into a log or onto the screen.

    `what` is the message or the value for one of its holes, `secret` the token or key in it, `is_key` which of the two
    it is. `named` tells that only a name says so, `within` that what is written is a whole of which it is a part.
    """

    what: Argument
    secret: Value
    is_key: bool = False
    named: bool = False
    within: bool = False


@dataclass(slots=True, kw_only=True, eq=False)
class KeyFetch(Event):
    """Keys that will verify tokens are fetched: a key set, or the document of an issuer that says where it is."""

    url: Argument


@dataclass(slots=True, kw_only=True, eq=False)
class PlainHttpAllowed(Event):
    """A library is told to do over plain HTTP what it would otherwise refuse. `variable` is the setting's name."""

    variable: str
    at: Place
