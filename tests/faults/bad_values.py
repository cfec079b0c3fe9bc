"""What a stranger may send: values, bodies, queries, paths and headers to survive."""

import json

NUL = "\0"
LONG = "x" * 70_000

# Texts as JSON literals, because some of them no encoder would write.
JSON_VALUES = [
    '"\\u0000"',
    '"a\\u0000b@c.vn"',
    '"\\ud800"',
    '"\\udfff\\ud800"',
    '"\\ufdd0 \\u202e"',
    "NaN",
    "-Infinity",
    "1e400",
    "true",
    "null",
    "-1",
    "2147483648",
    "9223372036854775808",
    str(10**60),
    "0.1",
    '""',
    "[]",
    "{}",
    '[["a"]]',
    '{"a": {"b": null}}',
    json.dumps("x" * 5000),
    '"2025-02-30"',
    '"0000-00-00"',
    '"99999-01-01"',
    '"1' + "0" * 40 + '"',
]

ODDEST = ['"a\\u0000b"', '"\\ud800"', "1e400", "[{}]", str(10**60), '"9-9-9"']

# Every name that a call of ours or of allauth's reads from a body.
NAMES = [
    "audience",
    "birth_date",
    "code",
    "consent_take_part",
    "current_password",
    "email",
    "full_name",
    "key",
    "new_password",
    "password",
    "phone",
    "prediction",
    "primary",
    "refresh_token",
    "responses",
    "seq",
    "unit",
    "username",
]

WHOLE_BODIES = {
    "nothing": b"",
    "no JSON": b"{",
    "a NUL byte": b"\0",
    "broken UTF-8": b'{"seq": "\xff\xfe"}',
    "UTF-16": '{"seq": 1}'.encode("utf-16"),
    "a BOM": b'\xef\xbb\xbf{"seq": 1}',
    "a number": b"1",
    "a text": b'"x"',
    "a list": b"[1, 2]",
    "null": b"null",
    "deep": b"[" * 20_000,
    "deep objects": b'{"a":' * 20_000,
    "endless digits": b'{"seq":' + b"9" * 6000 + b"}",
    "the same name twice": b'{"seq": 1, "seq": {"a": 1}}',
}

CONTENT_TYPES = [
    "application/json",
    "application/json; charset=utf-99",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "multipart/form-data",
    "text/xml",
    "application/\x01;;=",
    "",
]

HUGE = b'{"seq": "' + b"x" * 10_000_000 + b'"}'

FORM_VALUES = [
    "%00",
    "a%00b",
    "%FF%FE",
    "%ED%A0%80",
    "-1",
    "1e400",
    "NaN",
    "9" * 40,
    "2147483648",
    "x" * 5000,
    "2025-02-30",
    "%E2%80%AE%F0%9F%98%80",
    "",
    "%5B%5D",
    "%F0%9F%98%80",
]

QUERIES = [
    "page=0&page_size=-1",
    "page=99999999999999999999999&page_size=99999999999999",
    "page=%00&page_size=%00",
    "page=x&vong=x&so=x",
    "page=1e9&lang=%00",
    "lang=xx&format=xml",
    "format=%00",
    "page=%EF%BC%91&round=%EF%BC%91&vong=%EF%BC%91",
    "page=%C2%B2&round=%C2%B2&vong=%C2%B2",
    *(
        f"{names}={value}"
        for value in ("%00", "%FF", "%ED%A0%80", "9" * 40, "x" * 3000, "-1", "%C2%B2")
        for names in [
            "=%s&".join(
                "round audience bloc unit scheme ranking group tally next q so "
                "khoi vong doi-tuong don-vi tim page".split()
            )
            % ((value,) * 16)
        ]
    ),
    "&".join(f"a{n}=1" for n in range(3000)),
    "round[]=1&round=1&round=2",
    "%00=%00&%FF=%FF",
    "version=%0A%0DX-Bad:1&lang=%0A",
    "=&&=&",
]

TEXT_ARGUMENTS = ["%00", "%FF", "x", "x" * 3000, "..%2F..", "%ED%A0%80", "-1-", "%0A"]

HEADERS = [
    {"Accept": "text/\x01"},
    {"Accept": "application/xml"},
    {"Accept-Language": "x" * 3000},
    {"Accept-Language": "\x01,;q=,q=9e999"},
    {"If-None-Match": '"', "If-Modified-Since": "\x01"},
    {"X-Session-Token": "x" * 3000},
    {"X-Session-Token": "\xe1\xbb\xff"},
    {"X-Attempt-Token": "a:b:c"},
    {"X-Attempt-Token": "\xff" * 40},
    {"X-Password-Reset-Key": "-1"},
    {"X-Forwarded-For": "\x01, 999.1.1.1"},
    {"Cookie": r'session="aaaaaaaa\000"; csrftoken="\000"; messages="\377"'},
    {"Cookie": r'django_language="\000"; text="\000"; theme=\x01'},
    {"Origin": "http://[", "Referer": "http://["},
    {"Range": "bytes=9-1,x"},
]


def whole_bodies():
    """Pairs of a content type and a body: each body as JSON, some as anything else."""
    for body in WHOLE_BODIES.values():
        yield "application/json", body
    for content_type in CONTENT_TYPES[1:]:
        yield content_type, WHOLE_BODIES["a NUL byte"]
        yield content_type, WHOLE_BODIES["a list"]


def json_bodies():
    """Objects with one odd value under every name; the oddest under each name alone."""
    for value in JSON_VALUES:
        every = ",".join(f'"{name}":{value}' for name in NAMES)
        yield f"{{{every}}}".encode()
    plain = {
        "username": "stranger",
        "password": "mot-cau-dai",
        "seq": 1,
        "responses": {},
        "prediction": None,
        "audience": "can-bo",
    }
    for name in NAMES:
        rest = "".join(
            f',"{other}":{json.dumps(given)}'
            for other, given in plain.items()
            if other != name
        )
        for value in ODDEST:
            yield f'{{"{name}":{value}{rest}}}'.encode()
