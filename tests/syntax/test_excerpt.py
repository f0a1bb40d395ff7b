"""Lines of code frames: what shows, what does not, and that columns stay."""

import re
import tokenize
from collections.abc import Collection

import code_samples
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jwt_sast.syntax.excerpt import MASK, masked_lines

SECRET = "hunter2"
TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"
HEX = "0123456789abcdef0123456789abcdef"
BASE64 = "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQ"
Span = tuple[int, int, int, int]


def masked(text: str, spans: Collection[Span] = ()) -> str:
    """The whole text masked, its length and line breaks checked."""
    lines = re.split(r"\r\n?|\n", text)
    result = masked_lines(text, range(1, len(lines) + 1), spans)
    assert [len(line) for line in result.values()] == [len(line) for line in lines]
    for shown, line in zip(result.values(), lines, strict=True):
        assert all(a in (MASK, b) for a, b in zip(shown, line, strict=True))
    return "\n".join(result.values())


@pytest.mark.parametrize(
    "line",
    [
        'x = "HS256"',
        "options = {'verify_signature': False, 'require': ['exp', 'iat']}",
        'f(token, algorithms=["RS256", "none"])',
        'claims["user_id"] = claims["a"]["b c"]',
        'f()["key name"]',
        '{"any key": 1, **x}',
        'claims.get("user_id") or claims.pop("user-id", None)',
        'os.environ["JWT_SECRET"] + os.getenv("JWT_SECRET")',
        'requests.get("https://example.com/a/b", timeout=1)',
        'url = "http://localhost:8000"',
        'if __name__ == "__main__": pass',
        'headers = {"Authorization": f"Bearer {token}"}',
        'x.encode("utf-8")',
        'url = f"http://{host}/{path}?token={token}"',
        'x = ""',
        "x = f''",
        "# An ordinary comment, isn't it?",
        "x = 1_000 + 0x1F",
    ],
)
def test_what_is_plainly_no_secret_shows(line: str) -> None:
    shown = masked(line)
    if line.startswith("#"):
        assert shown.startswith("# An ordinary comment, isn't it")
    else:
        assert shown == line


@pytest.mark.parametrize(
    "line",
    [
        'key = "hunter2"',
        "key = b'hunter2'",
        "key = Rb'hunter2'",
        "key = u'hunter2'",
        "key = 'hunter' + 'hunter2'",
        "key = 'a' 'hunter2'",
        "x = {'secret': 'hunter2'}",
        "x = {'a' if 'hunter2' else 'b': 1}",
        "x = lambda: 'hunter2'",
        "x = {1: lambda: 'hunter2'}",
        "x = ['hunter2']",
        "return ['hunter2']",
        "for x in ['hunter2']: pass",
        "x[0, 'hunter2']",
        "x['a':'hunter2']",
        "os.getenv('JWT_SECRET', 'hunter2')",
        "os.environ.get('JWT_SECRET', 'hunter2')",
        "x.get('my hunter2 password')",
        "get('a' 'hunter2')",
        "f'hunter2'",
        "f'hunter2{a}hunter2'",
        "f'{a}hunter2{b}'",
        "f'{{hunter2}}'",
        "f'{{{a}hunter2}}'",
        'f"{x["a"]}" + f"{d[\'hunter2\']}" + f"{e(\'hunter2\')}"',
        "rf'\\{a}hunter2'",
        "'https://user:hunter2@example.com/'",
        "'https://example.com/?token=hunter2'",
        "'postgres://u:hunter2@h/d'",
        "f'https://u:hunter2@{host}/'",
        "f'https://{host}/?token=hunter2'",
        "'''hunter2'''",
        '"""\nhunter2\n  hunter2\n"""',
        "'hunter2\\\nhunter2'",
        "# SECRET_KEY = 'hunter2'",
        '# f("hunter2")',
        "# password: hunter2",
        "# API_KEY=hunter2",
        "# the 'hunter2",
        "'hunter2'",
        "'hunter2': 1",
        "'''hunter2\nhunter2",
        "x = ('hunter2'",
        "x = (f'{a}hunter2' 'hunter2'",
        "x = 'hunter2",
        "x = $ 'hunter2'",
        "x = f'{d['hunter2']}'\nhunter2 = 1",
        "x = f'{d[\"hunter2'",
    ],
)
def test_other_literals_do_not(line: str) -> None:
    assert SECRET not in masked(line)
    assert SECRET not in masked("if x:\n    " + line.replace("\n", "\r\n") + "\n# end\n")


@pytest.mark.parametrize("secret", [TOKEN, HEX, BASE64, "-----BEGIN PRIVATE KEY-----"])
@pytest.mark.parametrize(
    "place", ["x['{}']", "{{'{}': 1}}", "x.get('{}')", "# see {} here", "f'Bearer {{a}} {}'", "f('{}')"]
)
def test_what_looks_like_a_secret_never_shows(secret: str, place: str) -> None:
    assert secret not in masked(place.format(secret))


def test_long_numbers_are_keys_too() -> None:
    assert masked(f"n = 0x{HEX}") == "n = " + MASK * 34
    assert masked("n = 12345") == "n = 12345"
    assert masked("n = 12345", [(1, 5, 1, 10)]) == "n = *****"


@pytest.mark.parametrize(
    ("line", "span", "shown"),
    [
        ('f("none")', (1, 3, 1, 9), 'f("****")'),
        ('x["name"] = "exp"', (1, 3, 1, 9), 'x["****"] = "exp"'),
        ('{"exp": "sub" "iat"}', (1, 9, 1, 20), '{"exp": "***" "***"}'),
        ('f(f"Bearer {key}", "exp")', (1, 3, 1, 18), 'f(f"************", "exp")'),
        ('"exp", "exp"', (1, 8, 1, 13), '"exp", "***"'),
        ('"🔑🔑"; x["exp"]', (1, 9, 1, 14), '"**"; x["***"]'),
    ],
)
def test_a_span_that_is_secret_is_masked_wherever_it_stands(line: str, span: Span, shown: str) -> None:
    assert masked(line, [span]) == shown


def test_a_secret_span_of_many_lines() -> None:
    assert masked('x = 1\nf("""exp\nexp""", "exp")\n', [(2, 3, 3, 7)]) == 'x = 1\nf("""***\n***""", "exp")\n'


def test_a_secret_span_holds_where_there_are_no_tokens() -> None:
    assert masked("x = (exp\ny = exp", [(1, 6, 1, 9)]) == "x = (***\ny = exp"


def test_text_that_does_not_tokenise_hides_all_that_looks_quoted() -> None:
    text = "x = 'exp\ny = \"exp\" # exp\nz = '''exp\n'\n''' + 1\n"
    assert masked(text) == "x = ****\ny = ***** *****\nz = ******\n*\n*** + 1\n"


def test_only_lines_that_exist_and_are_wanted_come_back() -> None:
    assert masked_lines("a\r\nb\rc\n", {0, 3, 2, 9, -1}, []) == {2: "b", 3: "c"}
    assert list(masked_lines("a\nb\nc\n", [3, 1, 2], [])) == [1, 2, 3]


def test_real_code_keeps_its_shape() -> None:
    for path in code_samples.real_files()[::4]:
        masked(path.read_text("utf-8"))


@settings(deadline=None, max_examples=300)
@given(st.text(alphabet="ab'\"{}[]()\\\n\r#:= ftrx🔑", max_size=40), st.text(alphabet="'\"{}#\n f", max_size=6))
def test_any_text_at_all(before: str, after: str) -> None:
    masked(before)
    masked(f"{before}'{SECRET}'{after}")


@settings(deadline=None, max_examples=200)
@given(
    st.sampled_from(["'", '"', "'''", '"""']),
    st.sampled_from(["", "b", "r", "f", "rb", "fr"]),
    st.sampled_from(["{}", "x = {}", "f(a, {})", "x = [\n{},\n]"]),
)
def test_every_spelling_of_a_literal_is_masked(quote: str, prefix: str, place: str) -> None:
    assert SECRET not in masked(place.format(f"{prefix}{quote}{SECRET}{quote}"))


def test_templates_as_later_pythons_tokenise_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python 3.12 splits an f-string into tokens; where this Python does not, the tokens of one stand in."""
    if hasattr(tokenize, "FSTRING_START"):
        pytest.skip("every other test shows it")
    start, middle, end = 200, 201, 202
    monkeypatch.setattr(
        tokenize, "tok_name", tokenize.tok_name | {start: "FSTRING_START", middle: "FSTRING_MIDDLE", end: "FSTRING_END"}
    )
    text = f"x = f'{SECRET}{{\nf'{SECRET}'}}', 'exp'"
    stream = [
        (tokenize.NAME, "x", (1, 0), (1, 1)),
        (tokenize.OP, "=", (1, 2), (1, 3)),
        (start, "f'", (1, 4), (1, 6)),
        (middle, SECRET, (1, 6), (1, 13)),
        (tokenize.OP, "{", (1, 13), (1, 14)),
        (start, "f'", (2, 0), (2, 2)),
        (middle, SECRET, (2, 2), (2, 9)),
        (end, "'", (2, 9), (2, 10)),
        (tokenize.OP, "}", (2, 10), (2, 11)),
        (end, "'", (2, 11), (2, 12)),
        (tokenize.OP, ",", (2, 12), (2, 13)),
        (tokenize.STRING, "'exp'", (2, 14), (2, 19)),
        (tokenize.ENDMARKER, "", (3, 0), (3, 0)),
    ]
    monkeypatch.setattr(tokenize, "generate_tokens", lambda readline: ((*token, "") for token in stream))
    assert masked(text) == f"x = f'{MASK * 7}{{\nf'{MASK * 7}'}}', 'exp'"


def test_wrong_indentation_is_no_obstacle() -> None:
    assert masked("  x = 'exp'\n y = 1\n") == "  x = *****\n y = 1\n"
