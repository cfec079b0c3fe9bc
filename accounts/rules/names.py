"""How a name is shown to strangers who need not know whose it is."""

HIDDEN = "***"


def masked(full_name: str) -> str:
    """
    The name with all but the first letter of the given name hidden.

    The given name is the last word: "Nguyễn Văn An" becomes "Nguyễn Văn A***". A name
    of one word keeps nothing but its first letter.
    """
    *family, given = full_name.split() or [""]
    return " ".join([*family, given[:1] + HIDDEN])
