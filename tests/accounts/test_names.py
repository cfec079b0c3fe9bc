"""How a name looks to strangers."""

import pytest

from accounts.rules.names import masked


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Nguyễn Văn An", "Nguyễn Văn A***"),
        ("Trần Thị Ánh Nguyệt", "Trần Thị Ánh N***"),
        ("  Lê   Đức  ", "Lê Đ***"),
        ("Hoa", "H***"),
        ("", "***"),
    ],
)
def test_the_given_name_keeps_only_its_first_letter(name, shown):
    assert masked(name) == shown
