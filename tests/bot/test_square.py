"""Squares to scan are drawn whole at any size."""

from xml.etree import ElementTree

import pytest

from bot.square import square, square_svg

ADDRESSES = ["https://passerelle.example/l/1DPNDKG3GG", "https://t.me/passerelle_bot?start=1DPNDKG3GGPNDKG3GG"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_square_is_as_large_as_its_page_makes_it(address):
    """A page that wants it at 8 rem shrinks it and cuts nothing: it has a view box and no size of its own."""
    drawn = ElementTree.fromstring(square_svg(address))
    left, top, wide, high = map(float, drawn.attrib["viewBox"].split())

    assert (left, top) == (0, 0)
    assert wide == high > 0
    assert not {"width", "height"} & drawn.attrib.keys()


def test_a_picture_of_it_keeps_its_size():
    """A PNG to paste into a letter is sharp at 5 cm."""
    header = square(ADDRESSES[0], "png")[:24]

    assert int.from_bytes(header[16:20], "big") >= 500
