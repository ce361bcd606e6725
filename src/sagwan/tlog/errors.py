"""What can be wrong with a log, its notes and its proofs."""


class TlogError(ValueError):
    """Base of every error this package raises about its input."""


class FormatError(TlogError):
    """Bytes or text that do not have the form their specification demands."""


class SignatureError(TlogError):
    """A signature that is missing, or does not verify."""


class ProofError(TlogError):
    """A Merkle proof, or a root, that does not come out as it must."""


class QuorumError(TlogError):
    """Too few of the witnesses that the reader trusts have cosigned."""
