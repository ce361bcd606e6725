"""Policies: the files that are read, those that are not, and when a quorum is met."""

from itertools import combinations

import pytest

from sagwan.tlog import FormatError, KeyType, Policy, PolicyWitness, SigningKey, parse_policy

LOG = str(SigningKey("log.example", KeyType.ED25519, b"l" * 32).verifier)
KEYS = {
    name: str(SigningKey(f"{name.lower()}.example", KeyType.COSIGNATURE_V1, name.encode() * 16).verifier)
    for name in ("X1", "X2", "X3", "Y1", "Y2", "Y3")
}
WITNESSES = "".join(f"witness {name} {key}\n" for name, key in KEYS.items())
TWO_LEVELS = f"""
# two of one house, and any of another
log {LOG} https://log.example/
{WITNESSES}
  group\tX-witnesses 2 X1 X2 X3
group Y-witnesses any Y1 Y2 Y3\t
group X-and-Y all X-witnesses Y-witnesses
quorum X-and-Y
"""


def test_two_levels() -> None:
    policy = parse_policy(TWO_LEVELS.encode())
    assert [str(log.key) for log in policy.logs] == [LOG]
    assert policy.logs[0].url == "https://log.example/"
    assert {witness.name: str(witness.key) for witness in policy.witnesses} == KEYS
    for count in range(len(KEYS) + 1):
        for cosigned in combinations(KEYS, count):
            x = sum(name.startswith("X") for name in cosigned)
            assert policy.quorum_met(set(cosigned)) == (x >= 2 and count > x)
    assert not policy.quorum_met({"X-and-Y", "X-witnesses", "Y-witnesses"})
    assert policy.witness_names([policy.witnesses[2].key, policy.logs[0].key]) == {"X3"}
    assert parse_policy(bytes(policy)) == policy


def test_one_witness_or_none() -> None:
    one = parse_policy(f"{WITNESSES}quorum Y1\n".encode())
    assert one.quorum_met({"Y1"})
    assert not one.quorum_met({"X1", "Y2"})
    none = parse_policy(b"quorum none\n")
    assert none == Policy()
    assert none.quorum_met(set())
    assert parse_policy(bytes(one)) == one


def test_names_are_octets() -> None:
    key = KEYS["X1"].encode()
    for name in (b"K", "\N{KELVIN SIGN}".encode(), b"\xff\x85\xa0", "\u2003".encode()):
        data = b"witness %s %s\nquorum %s\n" % (name, key, name)
        policy = parse_policy(data)
        assert bytes(policy) == data
    with pytest.raises(FormatError, match="no witness or group"):
        parse_policy(b"witness K %s\nquorum \xe2\x84\xaa\n" % key)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no quorum line"),
        (WITNESSES, "no quorum line"),
        ("quorum none", "line feed"),
        ("quorum none\r\n", "octet 0x0d at byte 11"),
        ("quorum none\x7f\n", "octet 0x7f"),
        ("quorum none\nquorum none\n", "line 2: a second quorum"),
        ("quorum\n", "line 1: 'quorum' is none of"),
        ("quorum X1\n" + WITNESSES, "line 1: quorum 'X1': no witness or group of that name"),
        ("hello world\nquorum none\n", "is none of"),
        ("Quorum none\n", "is none of"),
        ("log\nquorum none\n", "is none of"),
        (f"log {LOG} url more\nquorum none\n", "is none of"),
        (f"log {LOG}\nlog {LOG}\nquorum none\n", "line 2: log 'log.example': its key is there twice"),
        (f"log {KEYS['X1']}\nquorum none\n", "key type is 0x04, must be 0x01"),
        (f"witness W {LOG}\nquorum none\n", "key type is 0x01, must be 0x04"),
        (f"witness W {LOG[:-1]}\nquorum none\n", "line 1: verifier key"),
        (f"witness A {KEYS['X1']}\nwitness B {KEYS['X1']}\nquorum A\n", "its key is there twice"),
        (f"witness A {KEYS['X1']}\nwitness A {KEYS['X2']}\nquorum A\n", "'A' names two"),
        (f"witness none {KEYS['X1']}\nquorum none\n", "'none' cannot name"),
        (WITNESSES + "group X1 any X2\nquorum X1\n", "'X1' names two"),
        (WITNESSES + "group G any\nquorum G\n", "asks for 1 of its 0"),
        (WITNESSES + "group G all\nquorum G\n", "asks for 0 of its 0"),
        (WITNESSES + "group G 0 X1\nquorum G\n", "asks for 0 of its 1"),
        (WITNESSES + "group G 3 X1 X2\nquorum G\n", "asks for 3 of its 2"),
        (WITNESSES + "group G 01 X1 X2\nquorum G\n", "leading zeros"),
        (WITNESSES + "group G most X1 X2\nquorum G\n", "'most' is not a decimal"),
        (WITNESSES + "group G any G\nquorum G\n", "'G' is no witness or group defined before"),
        (WITNESSES + "group G any none\nquorum G\n", "'none' is no witness or group"),
        (WITNESSES + "group G 2 X1 X1\nquorum G\n", "'X1' is a member of a group already"),
        (WITNESSES + "group G any X1\ngroup H any X1\nquorum H\n", "'X1' is a member of a group already"),
        ("group G any X1\n" + WITNESSES + "quorum G\n", "line 1: group 'G': 'X1' is no witness"),
    ],
)
def test_refused(text: str, why: str) -> None:
    with pytest.raises(FormatError, match=why):
        parse_policy(text.encode())


def test_values_obey_the_same_rules() -> None:
    key = SigningKey("w.example", KeyType.COSIGNATURE_V1, b"w" * 32).verifier
    for name in ("", "a b", "a\n", "#a", "none"):
        with pytest.raises(FormatError, match="cannot name"):
            Policy(witnesses=(PolicyWitness(name, key),))
    with pytest.raises(FormatError, match="no witness or group"):
        Policy(quorum="missing")
