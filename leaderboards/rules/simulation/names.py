"""
Invented Vietnamese names: common family, middle and given names put together by chance.

Nobody is meant. A name made here can be that of a living person, as any common name
can; the contests that use it are marked as simulated on every page.
"""

from datetime import date, timedelta

from leaderboards.rules.simulation.dice import Dice

FAMILIES = (
    "Nguyễn Nguyễn Nguyễn Nguyễn Nguyễn Nguyễn Trần Trần Lê Lê Lê Phạm Hoàng Hoàng "
    "Phan Phan Võ Võ Đặng Bùi Đỗ Hồ Hồ Ngô Dương Lý Trương Trương Đoàn Mai Cao Châu "
    "Văn Tôn Hà Thái Huỳnh Lương Đinh Tạ"
).split()
WOMEN_MIDDLE = (
    "Thị Thị Thị Thị Thị Ngọc Thanh Thu Phương Minh Kim Thùy Hoài Diệu Bích Khánh"
).split()
WOMEN_GIVEN = (
    "An Anh Bình Châu Chi Diễm Dung Giang Hà Hạnh Hằng Hiền Hoa Hòa Hồng Huệ Hương "
    "Lan Linh Loan Ly Mai My Nga Ngân Nguyệt Nhi Nhung Oanh Phượng Quyên Quỳnh Tâm "
    "Thảo Thơ Thủy Trang Trâm Trinh Tuyết Uyên Vân Vy Xuân Yến"
).split()
MEN_MIDDLE = (
    "Văn Văn Văn Hữu Hữu Đình Đức Quang Minh Công Xuân Thanh Ngọc Bá Viết Quốc Anh Duy"
).split()
MEN_GIVEN = (
    "An Bảo Bình Chiến Cường Dũng Duy Đạt Đông Đức Hải Hậu Hiếu Hoàng Hùng Huy Hưng "
    "Khánh Khoa Kiên Lâm Long Lộc Mạnh Minh Nam Nghĩa Nhân Phong Phú Phúc Phước Quân "
    "Quý Sơn Tài Tân Thành Thắng Thiện Thịnh Thọ Tiến Toàn Trí Trung Tuấn Tùng Việt "
    "Vinh"
).split()


def name(dice: Dice) -> str:
    """An invented full name: family, middle, given."""
    if dice.chance(0.54):
        middle, given = dice.pick(WOMEN_MIDDLE), dice.pick(WOMEN_GIVEN)
    else:
        middle, given = dice.pick(MEN_MIDDLE), dice.pick(MEN_GIVEN)
    if middle == given:
        return f"{dice.pick(FAMILIES)} {given}"
    return f"{dice.pick(FAMILIES)} {middle} {given}"


def birth_date(dice: Dice, *, youngest: date, oldest: date) -> date:
    """An invented day between the two, ``youngest`` the later one."""
    days = (youngest - oldest).days
    return oldest + timedelta(days=dice.stream.below(days + 1))
